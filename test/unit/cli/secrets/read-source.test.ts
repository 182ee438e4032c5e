import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { peekSecretFile, readSecretSource } from "../../../../src/cli/secrets/read-source.ts";
import { parseSecretSource } from "../../../../src/cli/config/secret-source.ts";
import type { Clock } from "../../../../src/core/model/clock.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { recordedSurroundings, temporaryFolder } from "../../../helpers/surroundings.ts";
import { testWithTool } from "../../../helpers/tools.ts";

const CANARY = "canary-never-shown";

/** Reads a source in a fresh folder, which is home, too. */
async function scene(files: Readonly<Record<string, string>> = {}, clock?: Clock) {
  const env = { SECRET: CANARY, EMPTY: "", PATH: process.env["PATH"] };
  const { at, folder } = await recordedSurroundings({ env, ...(clock ? { clock } : {}) });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const read = (text: string): Promise<string> => {
    const source = parseSecretSource(text, folder);
    if ("problem" in source) throw new Error(source.problem);
    return readSecretSource(source, "secrets.x", { ...at, env: { ...at.env, HOME: folder } });
  };
  return { folder, read };
}

describe("the text of a secret comes", () => {
  const pem = "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----";

  test.each([
    ["itself", "whsec_abc "],
    ["from a variable, as it is there", "env:SECRET"],
    ["from a file below the folder, without the line end behind it", "file:key.pem"],
    ["from a file below home", "file:~/key.pem"],
    ["from what a program prints", "cmd:printf 'a b\\n'"],
    ["from a program in the folder, without a shell between", "cmd:cat key.pem"],
    ["from a program that gets the environment", `cmd:sh -c 'printf %s "$SECRET"'`],
  ])("%s", async (_, source) => {
    const { read } = await scene({ "key.pem": `${pem}\r\n` });
    const wanted = { "whsec_abc ": "whsec_abc ", "env:SECRET": CANARY, "cmd:printf 'a b\\n'": "a b" }[source];
    expect(await read(source)).toBe(wanted ?? (source.includes("SECRET") ? CANARY : pem));
  });
});

describe("a source that gives nothing is named, with the reason and without what it gave", () => {
  test.each([
    ["env:NOWHERE", "the variable NOWHERE is not set", "export NOWHERE=…"],
    ["env:EMPTY", "the variable EMPTY is not set", "export EMPTY=…"],
    ["file:nowhere", /^cannot read .+nowhere \(ENOENT\)$/, "permissions"],
    ["file:.", "file:. is no file", "Name the file"],
    ["file:empty", "file:empty is empty", "Put the secret there"],
    ["file:large", /large is larger than 64 KiB$/, "holds the secret and nothing else"],
    ["cmd:no-such-program a", "no-such-program cannot be run (ENOENT)", "in a shell"],
    [`cmd:sh -c "echo ${CANARY}; echo ${CANARY} >&2; exit 3"`, "sh ended with exit code 3", "in a shell"],
    ["cmd:sh -c 'kill -9 $$'", "sh ended with SIGKILL", "in a shell"],
    ["cmd:true", "cmd:true is empty", "Put the secret there"],
    ["cmd:yes", "yes printed more than 64 KiB", "in a shell"],
  ])("%s", async (source, reason, advice) => {
    const { read } = await scene({ empty: "\n\n", large: CANARY.repeat(5000) });
    const error = await read(source).then(
      () => undefined,
      (thrown: unknown) => thrown as HookcliError,
    );
    expect(error).toBeInstanceOf(HookcliError);
    expect([error?.code, error?.details["name"]]).toEqual(["SECRET_UNAVAILABLE", "secrets.x"]);
    expect(error?.details["reason"]).toEqual(
      typeof reason === "string" ? reason : (expect.stringMatching(reason) as unknown),
    );
    expect(error?.hint).toContain(advice);
    expect(`${String(error?.stack)} ${JSON.stringify(error?.details)}`).not.toContain(CANARY);
    expect(error?.cause).toBeUndefined();
  });

  testWithTool("mkfifo", "a pipe into which nobody writes is left when its time is up", async () => {
    const waits: number[] = [];
    const clock: Clock = { ...systemClock, wait: async (ms) => void waits.push(ms) };
    const { folder, read } = await scene({}, clock);
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    await expect(read("file:pipe")).rejects.toThrow("is a pipe into which nobody writes");
    expect(waits).toEqual([10_000]);
    // For a thread that waits for the other end still.
    closeSync(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
  });

  testWithTool("mkfifo", "a pipe into which somebody writes is read", async () => {
    const { folder, read } = await scene();
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const reading = read("file:pipe");
    await writeFile(join(folder, "pipe"), "from the other end\n");
    expect(await reading).toBe("from the other end");
  });

  test("a file that never ends is no more than read into", async () => {
    const { read } = await scene();
    await expect(read("file:/dev/zero")).rejects.toThrow("/dev/zero is larger than 64 KiB");
  });

  test("a program that does not end is ended when its time is up", async () => {
    const waits: number[] = [];
    const clock: Clock = { ...systemClock, wait: async (ms) => void waits.push(ms) };
    const { read } = await scene({}, clock);
    await expect(read("cmd:sleep 600")).rejects.toThrow("sleep did not end within 10 s");
    expect(waits).toEqual([10_000]);
  });
});

test("a plain file is peeked into; what is none, is nowhere, or may not be read gives nothing and stops nobody", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "plain"), "\ufeffcanary\r\n\n");
  writeFileSync(join(folder, "large"), "x".repeat(70_000));
  const peeked = (path: string): string | undefined => peekSecretFile({ kind: "file", path, folder }, { HOME: folder });
  expect([peeked("plain"), peeked("~/plain")]).toEqual(["canary", "canary"]);
  for (const path of ["nowhere", ".", "large", "plain/below", "a\0b", "/dev/zero", "/proc/1/mem", "x".repeat(5000)])
    expect(peeked(path)).toBeUndefined();
});
