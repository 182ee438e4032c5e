import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readForwardFlags } from "../../../../src/cli/flag-groups/read-forward.ts";
import type { RawFlags } from "../../../../src/cli/flags/flag.ts";
import { type AnyFlags, Flags } from "../../../../src/cli/settings/flags.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n";

const flagsOf = (raw: RawFlags): AnyFlags => new Flags(raw, () => ({ kind: "flag" }));
const read = (raw: RawFlags): ReturnType<typeof readForwardFlags> => readForwardFlags(flagsOf(raw));

function fileWith(text: string): string {
  const path = join(temporaryFolder(), "ca.pem");
  writeFileSync(path, text);
  return path;
}

test("without flags an answer has 30 seconds, no header changes, and certificates are checked", () => {
  expect(read({})).toEqual({ timeoutMs: 30_000, headerEdits: [], insecure: false, ca: undefined });
});

test("each flag says how something is sent", () => {
  const ca = fileWith(`# our own\n${PEM}`);
  expect(read({ timeout: "1m", header: ["X-Env: dev", "X-Old:"], insecure: true, ca })).toEqual({
    timeoutMs: 60_000,
    headerEdits: [
      { name: "X-Env", value: "dev" },
      { name: "X-Old", value: undefined },
    ],
    insecure: true,
    ca: `# our own\n${PEM}`,
  });
});

test("a timeout of 0 waits for ever", () => {
  expect(read({ timeout: "0" }).timeoutMs).toBe(0);
});

describe("what cannot be used is named, with what can", () => {
  test("a file that holds no certificate", () => {
    const ca = fileWith("-----BEGIN PRIVATE KEY-----\n");
    expect(() => read({ ca })).toThrow(
      expect.objectContaining({
        code: "BAD_VALUE",
        message: `--ca cannot be ${JSON.stringify(ca)}: the file holds no PEM certificate`,
        hint: "Write it like this: --ca ./ca.pem",
      }) as Error,
    );
  });

  test("a file that is not there", () => {
    const ca = join(temporaryFolder(), "missing.pem");
    expect(() => read({ ca })).toThrow(
      expect.objectContaining({ code: "FILE_UNREADABLE", message: expect.stringContaining(ca) as unknown }) as Error,
    );
  });

  test.each([
    [{ timeout: "soon" }, '--timeout cannot be "soon": it is not a duration'],
    [{ header: ["no header"] }, '--header cannot be "no header": it is not a header'],
  ])("%j", (raw, told) => {
    expect(() => read(raw)).toThrow(expect.objectContaining({ code: "BAD_VALUE", message: told }) as Error);
  });
});
