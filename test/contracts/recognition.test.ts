import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesBody } from "../../src/core/model/body.ts";
import { bodyEvidence, headerEvidence, queryEvidence } from "../../src/core/schemes/evidence.ts";
import { findScheme } from "../../src/core/schemes/known-schemes.ts";
import { schemes } from "../../src/core/schemes/index.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { recognise } from "../../src/core/schemes/recognise.ts";
import { root } from "../helpers/sources.ts";

/** A request of a sender; `recorded`: its headers are those of a captured one, with values invented anew. */
interface Sent {
  readonly source: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

interface Known extends Sent {
  readonly provider: string;
  readonly recorded: boolean;
  readonly scheme?: string;
  readonly confidence?: string;
}

interface Unknown extends Sent {
  readonly who: string;
}

const known = fixture<Known>("known-senders.json");
const unknown = fixture<Unknown>("unknown-senders.json");
const evidence = [...headerEvidence, ...queryEvidence, ...bodyEvidence];
/** Only their name is known. */
const NAMED_ONLY = ["okta"];
/** The name of a header is enough for them, and yet no proof: requests of others carry it too. */
const SENT_BY_OTHERS_TOO = ["gitea", "gogs", "github", "cloudevents", "hookdeck"];

describe("a sender that is known", () => {
  test.each(known.map((sent, index) => [`${sent.provider}, ${index + 1}: ${sent.source}`, sent] as const))(
    "%s",
    (_, sent) => {
      const found = recognise(viewOf(sent), []);
      expect(found).toMatchObject({
        provider: sent.provider,
        ...(sent.confidence ? { confidence: sent.confidence } : {}),
      });
      const scheme = sent.scheme ?? sent.provider;
      if (!NAMED_ONLY.includes(scheme)) expect(found?.scheme?.name).toBe(scheme);
      expect(found?.reason).toMatch(/^\S.{4,160}$/);
    },
  );

  test("stays known whatever else stands in its headers, in any order and letter case", () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.func(fc.integer()), fc.boolean(), (sent, order, isUpper) => {
        const others = [
          ["X-Forwarded-For", "1.2.3.4"],
          ["X-Request-Id", "a"],
          ["Traceparent", "00-1"],
        ] as const;
        const headers = [...sent.headers, ...others]
          .map(([name, value]) => [isUpper ? name.toUpperCase() : name.toLowerCase(), value] as const)
          .toSorted(([a], [b]) => order(a) - order(b));
        expect(recognise(viewOf({ ...sent, headers }), [])?.provider).toBe(sent.provider);
      }),
    );
  });

  test("has a recorded or documented request for each name that can be found", () => {
    const shown = new Set(known.map(({ provider }) => provider));
    expect([...new Set(evidence.map(({ provider }) => provider))].filter((provider) => !shown.has(provider))).toEqual(
      [],
    );
    expect(known.filter(({ recorded }) => recorded)).toHaveLength(11);
  });

  test("has a scheme, but for those of whom only the name is known", () => {
    const names = new Set(headerEvidence.map(({ provider, scheme }) => scheme ?? provider));
    expect([...names].filter((name) => !findScheme(name)).toSorted()).toEqual(NAMED_ONLY);
    expect([...queryEvidence, ...bodyEvidence].filter(({ provider }) => !findScheme(provider))).toEqual([]);
  });
});

describe("what recognises a sender", () => {
  const own = schemes.flatMap(({ name, recognisedBy }) =>
    (recognisedBy?.headers ?? []).map((header) => [header, name]),
  );

  test("is a header of one scheme alone, where the scheme calls it its own", () => {
    expect(own.length).toBeGreaterThan(50);
    for (const [header, name] of own) {
      const claims = headerEvidence.filter((evidence) => evidence.header === header);
      expect([header, ...claims.map(({ provider }) => provider)]).toEqual([header, name]);
    }
  });

  test("stands in the scheme, unless others send the header too", () => {
    const owned = new Set(own.map(([header]) => header));
    const claimed = Map.groupBy(headerEvidence, ({ header }) => header);
    const strays = [...claimed.values()]
      .flatMap((claims) => (claims.length === 1 ? claims : []))
      .filter(({ header, beside }) => !owned.has(header) && !beside)
      .map(({ provider }) => provider);
    expect([...new Set(strays)].toSorted()).toEqual([...NAMED_ONLY, ...SENT_BY_OTHERS_TOO].toSorted());
  });

  test("says something where it is there at all", () => {
    const empty = schemes.filter(
      ({ recognisedBy }) => recognisedBy && !recognisedBy.headers?.length && !recognisedBy.query && !recognisedBy.body,
    );
    expect(empty).toEqual([]);
  });
});

describe("a sender that is not known", () => {
  test.each(unknown.map((sent) => [sent.who, sent] as const))("%s", (_, sent) => {
    expect(recognise(viewOf(sent), [])).toBeUndefined();
  });
});

describe("garbage", () => {
  const names = [
    ...new Set(headerEvidence.map(({ header }) => header)),
    "x-hub-signature",
    "user-agent",
    "content-type",
  ];
  const header = fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), fc.oneof(fc.string(), fc.base64String()));
  const body = fc.oneof(fc.json(), fc.string()).map((text) => Buffer.from(text));

  test("never fails, and never names anybody who is not in the list", () => {
    const providers = new Set([...evidence.map(({ provider }) => provider), "generic"]);
    fc.assert(
      fc.property(fc.array(header, { maxLength: 6 }), body, fc.webQueryParameters(), (headers, bytes, query) => {
        const view = new MessageView({
          method: "GET",
          target: `/?${query}`,
          headers: headers.flat(),
          body: bytesBody(bytes),
        });
        const found = recognise(view, []);
        expect(found === undefined || providers.has(found.provider)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("of header names that nobody owns is nobody's", () => {
    const free = fc.string().filter((name) => !/signature|hmac/i.test(name) && !names.includes(name.toLowerCase()));
    fc.assert(
      fc.property(fc.array(fc.tuple(free, fc.string()), { maxLength: 8 }), (headers) => {
        const view = new MessageView({
          method: "POST",
          target: "/",
          headers: headers.flat(),
          body: bytesBody(Buffer.of()),
        });
        expect(recognise(view, [])).toBeUndefined();
      }),
    );
  });
});

function viewOf({ method, target, headers, body }: Sent): MessageView {
  return new MessageView({ method, target, headers: headers.flat(), body: bytesBody(Buffer.from(body)) });
}

function fixture<Row>(name: string): readonly Row[] {
  return JSON.parse(readFileSync(join(root, "test/fixtures/recognition", name), "utf8")) as readonly Row[];
}
