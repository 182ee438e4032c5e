import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headerFields, type HeaderPairs } from "../../../../src/core/model/headers.ts";
import { hopsOf, outgoingHeaders, type OutgoingOptions } from "../../../../src/core/model/outgoing-headers.ts";
import { latin1Text } from "../../../helpers/hostile-text.ts";

const hopByHop = [
  "Connection",
  "Expect",
  "Keep-Alive",
  "Proxy-Authenticate",
  "Proxy-Authorization",
  "Proxy-Connection",
  "TE",
  "Trailer",
  "Transfer-Encoding",
  "Upgrade",
];
const ours = ["host", "content-length"];
const anyCase = (name: string) =>
  fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }).map((ups) =>
    name
      .split("")
      .map((letter, at) => (ups[at] === true ? letter.toUpperCase() : letter.toLowerCase()))
      .join(""),
  );
const anyName = fc.oneof(
  fc.constantFrom(...hopByHop, ...ours, "X-Hub-Signature-256", "Set-Cookie", "Accept").chain(anyCase),
  fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.!~".split("")), minLength: 1 }),
);
/** A Connection that names nothing we would otherwise keep. */
const anyField = fc.tuple(anyName, latin1Text).map(([name, value]) => {
  return /^connection$/i.test(name) ? ([name, "close"] as const) : ([name, value] as const);
});

describe("headers that travel on", () => {
  test("keep order, letter case, repeats and bytes, all but the connection's own, host and content-length", () => {
    fc.assert(
      fc.property(fc.array(anyField), fc.nat(), (fields, bodySizeBytes) => {
        const { headers, notes } = send(fields.flat(), { bodySizeBytes });
        const dropped = [...hopByHop.map((name) => name.toLowerCase()), ...ours, "close"];
        const isKept = ([name]: readonly [string, string]): boolean => !dropped.includes(name.toLowerCase());
        expect([...headerFields(headers)].filter(isKept)).toEqual(fields.filter(isKept));
        expect([...headerFields(headers)].filter((field) => !isKept(field)).map(([name]) => name)).toEqual(
          headers.includes("content-length") ? ["host", "content-length"] : ["host"],
        );
        expect(notes).toEqual([]);
      }),
    );
  });

  test.each(hopByHop)("%s does not", (name) => {
    expect(send([name, "x", "A", "1"]).headers).not.toContain(name);
    expect(send([name.toLowerCase(), "x", "A", "1"]).headers).not.toContain(name.toLowerCase());
  });

  test("leave out what the sender's Connection names, in any letter case", () => {
    const captured = ["X-Hop", "1", "Connection", "close, x-HOP ,", "x-hop", "2", "X-Stays", "3"];
    expect(send(captured)).toEqual({ headers: ["host", "app.test", "X-Stays", "3"], notes: [] });
  });

  // The names and words of docs/architecture.md, each alone in a name.
  const names = ["Authorization", "User-Agent", "Content-Type", "Content-MD5", "X-Hub-Signature-256", "X-Acme-Hmac"];
  const words = [
    "Webhook-Id",
    "svix-id",
    "X-Request-Timestamp",
    "X-Gitlab-Token",
    "X-GitHub-Event",
    "X-GitHub-Delivery",
  ];
  test.each([...names, ...words])("keep %s also where Connection names it, and a note says so", (name) => {
    expect(send(["Connection", name, name, "v"])).toEqual({
      headers: ["host", "app.test", name, "v"],
      notes: [`kept ${name.toLowerCase()}, which the sender's Connection header asked to drop`],
    });
  });
});

describe("host", () => {
  test("is the target's and comes first", () => {
    expect(send(["A", "1", "Host", "capture.test"]).headers).toEqual(["host", "app.test", "A", "1"]);
  });

  test("is the captured one where it is preserved", () => {
    expect(send(["Host", "capture.test:4400"], { preserveHost: true }).headers).toEqual(["host", "capture.test:4400"]);
  });

  test("is the target's where it is preserved but the sender sent none", () => {
    expect(send(["A", "1"], { preserveHost: true }).headers).toEqual(["host", "app.test", "A", "1"]);
  });
});

describe("content-length", () => {
  test("is that of the stored body, once, last", () => {
    const captured = ["Content-Length", "9", "content-length", "9", "A", "1"];
    expect(send(captured, { bodySizeBytes: 7 }).headers).toEqual(["host", "app.test", "A", "1", "content-length", "7"]);
  });

  test.each([["Content-Length"], ["Transfer-Encoding"]])("is 0 for an empty body that came with %s", (name) => {
    expect(send([name, "x"]).headers).toEqual(["host", "app.test", "content-length", "0"]);
  });

  test("is absent where there was neither a body nor a length", () => {
    expect(send(["A", "1"]).headers).not.toContain("content-length");
  });
});

describe("a person's edits", () => {
  const edited = (...edits: OutgoingOptions["edits"]): HeaderPairs =>
    send(["A", "1", "B", "2", "a", "3"], { edits }).headers;

  test("replace the first of a name in place and drop further ones", () => {
    expect(edited({ name: "a", value: "9" })).toEqual(["host", "app.test", "a", "9", "B", "2"]);
  });

  test("remove every one of a name", () => {
    expect(edited({ name: "A", value: undefined })).toEqual(["host", "app.test", "B", "2"]);
  });

  test("add a new one at the end, also an empty one", () => {
    expect(edited({ name: "C", value: "" }).slice(-2)).toEqual(["C", ""]);
  });

  test("of the same name: the last one counts", () => {
    expect(edited({ name: "C", value: "1" }, { name: "c", value: "2" }).slice(-2)).toEqual(["c", "2"]);
    expect(edited({ name: "C", value: "1" }, { name: "c", value: undefined })).not.toContain("C");
  });

  test("may set the host", () => {
    expect(edited({ name: "Host", value: "other.test" }).slice(0, 2)).toEqual(["Host", "other.test"]);
  });

  test("leave everything else as it is", () => {
    fc.assert(
      fc.property(
        fc.array(anyField),
        fc.array(fc.record({ name: anyName, value: fc.option(latin1Text, { nil: undefined }) })),
        (fields, edits) => {
          const named = new Set(edits.map(({ name }) => name.toLowerCase()));
          const others = (pairs: HeaderPairs) =>
            [...headerFields(pairs)].filter(([name]) => !named.has(name.toLowerCase()));
          const captured = fields.flat();
          expect(others(send(captured, { edits }).headers)).toEqual(others(send(captured).headers));
        },
      ),
    );
  });
});

describe("the header that names the listeners on the way", () => {
  test("does not go out where it is not asked for, and one that came goes on as it is", () => {
    expect(send(["A", "1"]).headers).toEqual(["host", "app.test", "A", "1"]);
    expect(send(["x-Hookcli-Hop", "a,b"]).headers).toEqual(["host", "app.test", "x-Hookcli-Hop", "a,b"]);
  });

  test("is added behind the others", () => {
    expect(send(["A", "1"], { hop: "me" }).headers).toEqual(["host", "app.test", "A", "1", "X-Hookcli-Hop", "me"]);
  });

  test("names those before too, in one header at the place of the first", () => {
    const captured = ["x-hookcli-hop", "a, b", "A", "1", "X-HOOKCLI-HOP", "c"];
    expect(send(captured, { hop: "me" }).headers).toEqual([
      "host",
      "app.test",
      "X-Hookcli-Hop",
      "a, b, c, me",
      "A",
      "1",
    ]);
    expect(hopsOf(captured)).toEqual(["a", "b", "c"]);
    expect(hopsOf(["X-Other", "a"])).toEqual([]);
  });

  test("is left to whoever edits headers", () => {
    const edits = [{ name: "x-hookcli-hop", value: undefined }];
    expect(send(["A", "1"], { hop: "me", edits }).headers).toEqual(["host", "app.test", "A", "1"]);
  });

  test("stays where the sender's Connection names it, so that nobody can have it dropped for the next listener", () => {
    const captured = ["Connection", "X-Hookcli-Hop", "X-Hookcli-Hop", "a"];
    expect(send(captured, { hop: "me" }).headers).toEqual(["host", "app.test", "X-Hookcli-Hop", "a, me"]);
  });
});

function send(captured: HeaderPairs, options: Partial<OutgoingOptions> = {}): ReturnType<typeof outgoingHeaders> {
  return outgoingHeaders(captured, { host: "app.test", preserveHost: false, bodySizeBytes: 0, edits: [], ...options });
}
