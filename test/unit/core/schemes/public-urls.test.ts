import { expect, test } from "vitest";
import { EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { publicUrls } from "../../../../src/core/schemes/public-urls.ts";

const PUBLIC = parseTarget("https://shop.example.test/hooks", "--public-url");

test.each<[readonly string[], string, string[]]>([
  [["Host", "localhost:4400"], "/a?b=1", ["https://localhost:4400/a?b=1", "http://localhost:4400/a?b=1"]],
  [
    ["Host", "localhost:4400", "X-Forwarded-Host", "shop.example.test, proxy", "X-Forwarded-Proto", "https,http"],
    "/a",
    [
      "https://shop.example.test/a",
      "http://shop.example.test/a",
      "https://localhost:4400/a",
      "http://localhost:4400/a",
    ],
  ],
  [["Host", "a.test", "X-Forwarded-Proto", "HTTP"], "/", ["http://a.test/", "https://a.test/"]],
  [["Host", "a.test", "X-Forwarded-Host", "a.test"], "/", ["https://a.test/", "http://a.test/"]],
  [["Host", "a.test", "X-Forwarded-Host", " "], "/", ["https://a.test/", "http://a.test/"]],
  [[], "/", ["https://localhost/", "http://localhost/"]],
  [["Host", "a.test"], "http://b.test/c", ["https://a.test/c", "http://a.test/c"]],
])("%j at %s was posted to one of %j", (headers, target, urls) => {
  expect(publicUrls({ method: "POST", target, headers, body: EMPTY_BODY }, undefined)).toEqual(urls);
});

test("where a person named an address, no other host counts", () => {
  const at = (target: string) =>
    publicUrls({ method: "POST", target, headers: ["Host", "a"], body: EMPTY_BODY }, PUBLIC);
  expect(at("/")).toEqual(["https://shop.example.test/hooks"]);
  expect(at("/hooks?x=1")[0]).toBe("https://shop.example.test/hooks?x=1");
});
