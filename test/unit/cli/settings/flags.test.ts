import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AnyFlags, Flags } from "../../../../src/cli/settings/flags.ts";
import type { SettingOrigin } from "../../../../src/cli/config/setting-origin.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";
import type { RawFlags } from "../../../../src/cli/flags/flag.ts";

const badValue = expect.objectContaining({ code: "BAD_VALUE" }) as Error;
const byFlag = { kind: "flag" } as const;
const flags = (raw: RawFlags): AnyFlags => new Flags(raw, () => byFlag);

test("a flag is asked for by its long name with dashes", () => {
  const read = new Flags({ onError: "ack", preserveHost: true }, (name) =>
    name === "onError" ? byFlag : { kind: "default" },
  );
  expect(read.text("on-error")).toBe("ack");
  expect(read.isOn("preserve-host")).toBe(true);
  expect([read.isGiven("on-error"), read.isGiven("preserve-host")]).toEqual([true, false]);
});

test("a value of the environment is given, one of a file is not: it speaks for every call", () => {
  const origins: Readonly<Record<string, SettingOrigin>> = {
    port: { kind: "environment", variable: "HOOKCLI_PORT" },
    db: { kind: "file", key: "db", place: "/shop/hookcli.config.jsonc:2:9" },
  };
  const read = new Flags({ port: "x", db: "/a" }, (name) => origins[name] ?? { kind: "default" });
  expect([read.isGiven("port"), read.isGiven("db"), read.isGiven("host")]).toEqual([true, false, false]);
  expect(["port", "db", "host"].map((name) => read.nameOf(name))).toEqual([
    "HOOKCLI_PORT",
    "db (/shop/hookcli.config.jsonc:2:9)",
    "--host",
  ]);
  expect(() => read.wholeNumber("port", 0, 1)).toThrow('HOOKCLI_PORT cannot be "x"');
});

test("an absent flag is off, without text, an empty list", () => {
  const read = flags({});
  expect([read.isOn("json"), read.text("db"), read.list("forward"), read.headerEdits("header")]).toEqual([
    false,
    undefined,
    [],
    [],
  ]);
  expect([read.choice("x", ["a"]), read.wholeNumber("x", 0, 1), read.durationMs("x"), read.sizeBytes("x")]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("a flag that is present is no text, and a text does not switch anything on", () => {
  expect(flags({ json: true }).text("json")).toBeUndefined();
  expect(flags({ json: "true" }).isOn("json")).toBe(false);
});

test("a repeated flag is a list in the order given", () => {
  expect(flags({ forward: ["9000", "8000"] }).list("forward")).toEqual(["9000", "8000"]);
});

test("numbers, durations and sizes are read, and what cannot be read names the flag", () => {
  const read = flags({ port: "4400", for: "30s", maxBody: "1MiB", bad: "x" });
  expect([read.wholeNumber("port", 0, 65_535), read.durationMs("for"), read.sizeBytes("max-body")]).toEqual([
    4400, 30_000, 1_048_576,
  ]);
  expect(() => read.wholeNumber("bad", 0, 1)).toThrow('--bad cannot be "x"');
  expect(() => read.durationMs("bad")).toThrow('--bad cannot be "x"');
  expect(() => read.sizeBytes("bad")).toThrow('--bad cannot be "x"');
});

test("a choice is one of the choices, and the error lists them", () => {
  expect(flags({ onError: "ack" }).choice("on-error", ["502", "ack"])).toBe("ack");
  expect(() => flags({ onError: "200" }).choice("on-error", ["502", "ack"])).toThrow(
    '--on-error cannot be "200": it is not one of 502, ack',
  );
});

describe("a header edit", () => {
  test.each([
    ["X-Env: dev", "X-Env", "dev"],
    ["X-Env:dev", "X-Env", "dev"],
    ["X-Env: \t dev \t ", "X-Env", "dev"],
    ["X-Url: http://a/?b:c", "X-Url", "http://a/?b:c"],
    ["X-Old:", "X-Old", undefined],
    ["X-Old: ", "X-Old", undefined],
    ["X-Empty;", "X-Empty", ""],
    ["!#$%&'*+-.^_`|~: 1", "!#$%&'*+-.^_`|~", "1"],
    ["X-Name: ü", "X-Name", "\u00c3\u00bc"],
    ["X-Tab: a\tb", "X-Tab", "a\tb"],
  ])("%j", (text, name, value) => {
    expect(flags({ header: [text] }).headerEdits("header")).toEqual([{ name, value }]);
  });

  test.each([
    ["", "it is not a header"],
    ["X-Env", "it is not a header"],
    [": dev", "it is not a header"],
    ["X Env: dev", "it is not a header"],
    ["X-Empty; x", "it is not a header"],
    ["X-Env: a\r\nX-Evil: b", "it holds a control character"],
    ["X-Env: a\0", "it holds a control character"],
    ["Content-Length: 1", "Content-Length belongs to the connection"],
    ["transfer-encoding:", "transfer-encoding belongs to the connection"],
  ])("%j is refused: %s", (text, problem) => {
    expect(() => flags({ header: [text] }).headerEdits("header")).toThrow(problem);
  });

  test("is bytes that can stand in one header line, or BAD_VALUE, whatever is written", () => {
    const text = fc.oneof(
      hostileText,
      hostileText.map((value) => `X-Env: ${value}`),
    );
    fc.assert(
      fc.property(text, (written) => {
        try {
          const [edit] = flags({ header: [written] }).headerEdits("header");
          expect(edit?.name).toMatch(/^[!-9A-Z^-z|~]+$/);
          expect(edit?.value ?? "").toMatch(/^[\t\u0020-\u007e\u0080-\u00ff]*$/);
        } catch (error) {
          expect(error).toEqual(badValue);
        }
      }),
      { examples: nastyStrings.map((nasty) => [`X-Env:${nasty}`]) },
    );
  });

  test("carries any printable text as its UTF-8 bytes", () => {
    const printable = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(printable, (value) => {
        const [edit] = flags({ header: [`X-Env: ${value}`] }).headerEdits("header");
        expect(Buffer.from(edit?.value ?? "", "latin1").toString("utf8")).toBe(value);
      }),
    );
  });
});
