import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { curl } from "../../../../src/core/formats/curl.ts";
import { parseCurl } from "../../../../src/core/formats/parse-curl.ts";
import { headerFields } from "../../../../src/core/model/headers.ts";
import { anyExported, essence, exportedRequest, inShell, written } from "../../../helpers/exported.ts";
import { TargetServer } from "../../../helpers/target-server.ts";
import { testWithTool } from "../../../helpers/tools.ts";

const read = (script: string) =>
  parseCurl(Buffer.from(script)).map(({ method, target, headers, body }) => ({
    line: `${method} ${target}`,
    headers: [...headerFields(headers)].map((field) => field.join(": ")),
    body: Buffer.from(body).toString(),
  }));

describe("a command is read as curl would send it:", () => {
  test.each([
    ["curl localhost:4400", "GET /", ["Host: localhost:4400"], ""],
    ["$ curl -I 'http://a/b?c=d#e'", "HEAD /b?c=d", ["Host: a"], ""],
    ["curl -XDELETE http://a?x", "DELETE /?x", ["Host: a"], ""],
    [
      "curl -d a=1 -d b=2 http://a/",
      "POST /",
      ["Host: a", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 7"],
      "a=1&b=2",
    ],
    ["curl -G -d a=1 --data-urlencode 'b=ü ' http://a/?x=y", "GET /?x=y&a=1&b=%C3%BC+", ["Host: a"], ""],
    [
      `curl --json '{"a":1}' http://a/`,
      "POST /",
      ["Host: a", "Accept: application/json", "Content-Type: application/json", "Content-Length: 7"],
      '{"a":1}',
    ],
    ["curl -u user:pass http://a/", "GET /", ["Host: a", "Authorization: Basic dXNlcjpwYXNz"], ""],
    ["curl -u user http://a/", "GET /", ["Host: a", "Authorization: Basic dXNlcjo="], ""],
    ["curl http://user:p%40ss@a/", "GET /", ["Host: a", "Authorization: Basic dXNlcjpwQHNz"], ""],
    ["curl --oauth2-bearer t http://a/", "GET /", ["Host: a", "Authorization: Bearer t"], ""],
    [
      "curl -A me -e http://b/ -b 'x=1' -b 'y=2' http://a/",
      "GET /",
      ["Host: a", "User-Agent: me", "Referer: http://b/", "Cookie: x=1; y=2"],
      "",
    ],
    ["curl -H 'Host: b' -H 'X;' -H 'Y:' -H 'Z:1' http://a/", "GET /", ["Host: b", "X: ", "Z: 1"], ""],
    ["curl -d x -H 'Content-Type:' http://a/", "POST /", ["Host: a", "Content-Length: 1"], "x"],
    [
      "curl -d '' http://a/ -H 'content-type: t/p'",
      "POST /",
      ["Host: a", "content-type: t/p", "Content-Length: 0"],
      "",
    ],
    ["curl --request-target 'http://b/c' http://a/", "GET http://b/c", ["Host: a"], ""],
    ["curl --url-query 'a=b c' --url-query +d%20e http://a/?x", "GET /?x&a=b+c&d%20e", ["Host: a"], ""],
    ["curl http://a/ | jq .", "GET /", ["Host: a"], ""],
  ])("%s", (script, line, headers, body) => {
    expect(read(script)[0]).toEqual({ line, headers, body });
  });

  test("as Chrome and Firefox copy it", () => {
    const script = `curl 'https://shop.example/api?x=1' \\
  -H 'accept: */*' \\
  -H $'x-name: it\\'s' \\
  --data-raw $'{"a":"\\u00e9\\n!"}' \\
  --compressed --insecure ;
curl 'https://shop.example/next' -X 'OPTIONS' --http2`;
    expect(read(script)).toEqual([
      {
        line: "POST /api?x=1",
        headers: [
          "Host: shop.example",
          "accept: */*",
          "x-name: it's",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Length: 12",
        ],
        body: '{"a":"é\n!"}',
      },
      { line: "OPTIONS /next", headers: ["Host: shop.example"], body: "" },
    ]);
  });

  test("with two URLs it is two requests", () => {
    expect(read("curl http://a/1 http://a/2").map(({ line }) => line)).toEqual(["GET /1", "GET /2"]);
  });

  test("with an old protocol version", () => {
    expect(parseCurl(Buffer.from("curl -0 http://a"))[0]).toMatchObject({ httpVersion: "1.0" });
  });
});

describe("what cannot be read is refused with its line:", () => {
  test.each([
    ["", "the file: it holds no curl command"],
    ["\n\nwget http://a", 'line 3: it runs "wget", not curl'],
    ["curl -s", "line 1: it names no URL"],
    ["curl --frob http://a", "line 1: the option --frob is not understood"],
    ["curl -d @body.json http://a", 'line 1: its data is in the file "body.json"'],
    ["curl -d @- http://a", "line 1: its data comes from standard input (@-)"],
    ["cat x | curl -d @- http://a", "line 1: its data comes from standard input (@-)"],
    ["curl -H @file http://a", 'line 1: its headers are in the file "file"'],
    ["curl -H foo http://a", 'line 1: the header "foo" is not written as Name: value'],
    ["curl -b jar.txt http://a", 'line 1: its cookies are in the file "jar.txt"'],
    ["curl 'http://a/b c'", 'line 1: the target "/b c" holds characters'],
    ["curl -H $'a: b\\nc: d' http://a", "line 1: the header a holds a line break"],
  ])("%j", (script, problem) => {
    expect(() => read(script)).toThrow(`cannot import ${problem}`);
  });
});

test("commands of our own export are read again as they were", () => {
  fc.assert(
    fc.property(fc.array(anyExported, { minLength: 1, maxLength: 4 }), (requests) => {
      expect(parseCurl(written(curl, ...requests)).map(essence)).toEqual(requests.map(essence));
    }),
    { examples: [[[exportedRequest({ body: Buffer.from("\ufeff\0'\n%\\") })]]] },
  );
});

testWithTool("curl", "what is read is what the real curl sends", async () => {
  const server = await TargetServer.answering();
  onTestFinished(() => server.close());
  const scripts = [
    "curl -d a -d b=c http://target/x",
    "curl -G -d a --data-urlencode 'b=c d&' http://target/x?y=z",
    "curl -u me:pw -A agent -e http://ref -b 'a=b' http://target/x",
    "curl -X PUT --data-binary 'a\nb' -H 'Content-Type: t/p' -H 'X;' -H 'Accept:' http://target",
    "curl -d x -H 'Content-Type:' -H 'Host: other' http://target/#frag",
    "curl -sXPOST http://target/x",
    "curl -d a --request-target '*' http://target/x",
  ].map((script) => script.replace("http://target", server.origin));
  await inShell(scripts.map((script) => `${script} >/dev/null 2>&1\n`).join(""));
  for (const [at, script] of scripts.entries()) {
    const [ours] = parseCurl(Buffer.from(script));
    const seen = server.seen[at];
    const known = new Set([...headerFields(ours?.headers ?? [])].map(([name]) => name.toLowerCase()));
    const sent = [...headerFields(seen?.headers ?? [])].filter(
      ([name]) => known.has(name.toLowerCase()) || /^content-/i.test(name),
    );
    expect([ours?.method, ours?.target, Buffer.from(ours?.body ?? []).toString()]).toEqual([
      seen?.method,
      seen?.path,
      seen?.body.toString(),
    ]);
    expect([...headerFields(ours?.headers ?? [])].map(String).sort()).toEqual(sent.map(String).sort());
  }
});
