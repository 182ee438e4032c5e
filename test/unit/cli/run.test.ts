import { openSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../../src/cli/terminal/exit.ts";
import { jsonShapes } from "../../../src/core/wire/shapes/index.ts";
import { Printer } from "../../../src/cli/terminal/printer.ts";
import { Sink } from "../../../src/cli/terminal/sink.ts";
import { run } from "../../../src/cli/run.ts";
import { bytesBody } from "../../../src/core/model/body.ts";
import { Store } from "../../../src/io/store/store.ts";
import { sampleRequest, SAMPLE_TIME_MS, stillClock } from "../../helpers/samples.ts";
import { type RecordedSurroundings, recordedSurroundings } from "../../helpers/surroundings.ts";
import { describeOnPlatform } from "../../helpers/tools.ts";

const VERSION = "1.2.3";

test("help is data, and all is well", async () => {
  const recorded = await recordedSurroundings();
  expect(await run(["--help"], recorded.at, VERSION)).toBe(EXIT.ok);
  expect(await recorded.out()).toContain("Usage: hookcli");
  expect(await recorded.err()).toBe("");
});

test("the version is printed alone", async () => {
  const recorded = await recordedSurroundings();
  expect(await run(["--version"], recorded.at, VERSION)).toBe(EXIT.ok);
  expect(await recorded.out()).toBe("1.2.3\n");
});

test("an unknown flag is an error with the next command, on standard error", async () => {
  const recorded = await recordedSurroundings();
  expect(await run(["list", "--wrong"], recorded.at, VERSION)).toBe(EXIT.usage);
  expect(await recorded.out()).toBe("");
  expect(await recorded.err()).toBe("error: unknown option '--wrong'\n  hookcli list --help shows how it is used.\n");
});

test("a key in PEM behind --secret is its value, though it begins with hyphens, and is in no message", async () => {
  const recorded = await recordedSurroundings();
  const key = "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n";
  const args = ["send", "delivered", "--provider", "sendgrid", "--secret", key, "--to", "127.0.0.1:1"];
  expect(await run(args, recorded.at, VERSION)).toBe(EXIT.usage);
  expect(await recorded.err()).toMatch(/^error: the secret from --secret cannot sign for sendgrid: /);
  expect(await recorded.err()).not.toContain("bm8ga2V5");
});

test("with --json an error is one JSON object of its shape", async () => {
  const recorded = await recordedSurroundings();
  const args = ["show", "7", "--json", "--db", join(recorded.folder, "hooks.db")];
  expect(await run(args, recorded.at, VERSION)).toBe(EXIT.notFound);
  const shape = v.parse(jsonShapes.error, JSON.parse(await recorded.err()));
  expect(shape).toMatchObject({ code: "REQUEST_NOT_FOUND", exit: 3, hint: "hookcli list shows what is stored" });
});

test("an error's cause is shown to whoever asks for it", async () => {
  const recorded = await recordedSurroundings({ env: { HOOKCLI_DEBUG: "1" } });
  expect(
    await run(["replay", "1", "--ca", "missing.pem", "--db", await storeWithOne(recorded)], recorded.at, VERSION),
  ).toBe(EXIT.environment);
  expect(await recorded.err()).toMatch(/cannot read missing\.pem \(ENOENT\)[^]*caused by Error: ENOENT/);
});

describeOnPlatform(["linux-x64", "linux-arm64"], "output for which there is no room", () => {
  test("is an error, and not a short file that looks whole", async () => {
    const recorded = await recordedSurroundings();
    const outSink = new Sink(openSync("/dev/full", "w"));
    const at = { ...recorded.at, out: await Printer.open(outSink, 0, true), outSink };
    const db = await storeWithOne(recorded);
    expect(await run(["show", "1", "--raw", "--db", db], at, VERSION)).toBe(EXIT.environment);
    expect(await recorded.err()).toMatch(/^error: cannot write standard output \(ENOSPC\)\n/);
  });
});

describe("a stored request", () => {
  test("is listed as one JSON object of its shape", async () => {
    const recorded = await recordedSurroundings();
    expect(await run(["list", "--json", "--db", await storeWithOne(recorded)], recorded.at, VERSION)).toBe(EXIT.ok);
    const shape = v.parse(jsonShapes.request, JSON.parse(await recorded.out()));
    expect(shape.request).toMatchObject({ id: 1, method: "POST", target: "/hooks", size: 3 });
  });

  test("is shown as one JSON object of its shape, exact bytes included", async () => {
    const recorded = await recordedSurroundings();
    const args = ["show", "latest", "--json", "--body", "--db", await storeWithOne(recorded)];
    expect(await run(args, recorded.at, VERSION)).toBe(EXIT.ok);
    const shape = v.parse(jsonShapes.detail, JSON.parse(await recorded.out()));
    expect(shape).toMatchObject({ bodyBase64: "/wAK", headers: [["A", "1"]], deliveries: [] });
  });
});

/** A store in the recorded folder that holds one request; its path. */
async function storeWithOne({ folder, at }: RecordedSurroundings): Promise<string> {
  const path = join(folder, "hooks.db");
  const store = new Store({ path, clock: stillClock, pid: at.processes.pid, busyTimeoutMs: 1000 });
  try {
    await store.beginSession({
      command: "listen",
      pid: at.processes.pid,
      processMark: "this test",
      startedAtMs: SAMPLE_TIME_MS,
      targets: [],
      directory: folder,
    });
    const body = bytesBody(Uint8Array.of(255, 0, 10));
    await store.insertRequest(sampleRequest({ headers: ["A", "1"], body }));
  } finally {
    store.close();
  }
  return path;
}
