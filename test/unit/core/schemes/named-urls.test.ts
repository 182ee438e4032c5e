import { expect, test } from "vitest";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { namedUrls } from "../../../../src/core/schemes/named-urls.ts";

const SHOP = "https://shop.example";

test.each<[string, string, string[]]>([
  ["", "/hooks?a=1", ["/hooks?a=1"]],
  ["/hooks", "/", ["/hooks"]],
  ["/hooks", "/hooks", ["/hooks", "/hooks/hooks"]],
  ["/hooks", "/hooks/twilio?a=1", ["/hooks/twilio?a=1", "/hooks/hooks/twilio?a=1", "/hooks"]],
  ["/hooks/", "/hooks", ["/hooks", "/hooks/hooks", "/hooks/"]],
  ["/hooks?v=2", "/hooks?v=2", ["/hooks?v=2", "/hooks/hooks?v=2&v=2"]],
  ["/in", "/hooks?a=1", ["/in/hooks?a=1", "/in?a=1", "/in"]],
  ["/hook", "/hooks", ["/hook/hooks", "/hook"]],
  ["/in", "http://other.example/in?a=1", ["/in?a=1", "/in/in?a=1", "/in"]],
])("where %j was named and %s came, the provider posts to one of %j", (named, requestTarget, paths) => {
  const urls = namedUrls(parseTarget(SHOP + named, "--public-url"), requestTarget);
  expect(urls).toEqual(paths.map((path) => SHOP + path));
});
