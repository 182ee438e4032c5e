import { describe, expect, onTestFinished, test } from "vitest";
import { binPath, jsonLinesOf, listenPlainly, post, runBin, RunningBin } from "../helpers/bin.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { TargetServer } from "../helpers/target-server.ts";
import { testWithTool } from "../helpers/tools.ts";

const ESCAPE = "\u001b[";

describe("listen --json", () => {
  test("the first line says that the port is bound, every line has its documented shape, the last one sums up", async () => {
    const target = await TargetServer.answering();
    onTestFinished(async () => target.close());
    const bin = RunningBin.start(["listen", "--port", "0", "--json", "--exit-after", "1", "--forward", target.origin]);
    const [first] = await bin.prints(/^.*\n/);
    const [ready] = jsonLinesOf(first);
    expect(ready).toMatchObject({ v: 1, kind: "ready", forward: [target.origin], stored: 0, pid: bin.pid });
    expect((await post(String(ready?.["capture"]))).status).toBe(200);
    const { out, err } = await bin.ended();
    expect(jsonLinesOf(out).map(({ kind }) => kind)).toEqual(["ready", "request", "delivery", "summary"]);
    expect(err).toBe("");
  });
});

describe("listen --quiet", () => {
  test("prints failures only", async () => {
    const target = await TargetServer.scripted(
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    );
    onTestFinished(async () => target.close());
    const port = await freePort();
    const flags = ["--quiet", "--port", String(port), "--forward", target.origin, "--exit-after", "2"];
    const bin = RunningBin.start(["listen", ...flags]);
    await accepting(port);
    await post(`http://127.0.0.1:${port}/good`);
    await post(`http://127.0.0.1:${port}/bad`);
    const { out } = await bin.ended();
    expect(out).toMatch(
      /^\d\d:\d\d:\d\d {2}#2 {2}order\.completed {2}POST \/bad [^\n]*→ 404 in [^\n]*\n {10}↳ hookcli replay 2\n$/,
    );
  });
});

describe("the reader of the output", () => {
  test("goes away: requests are still captured, and standard error says so", async () => {
    const command = `"$NODE" "$BIN" listen --port 0 --json | head -n 1`;
    const shell = RunningBin.spawn(["sh", "-c", command], { env: { NODE: process.execPath, BIN: binPath } });
    const [ready] = jsonLinesOf((await shell.prints(/^.*\n/))[0]);
    onTestFinished(() => void process.kill(Number(ready?.["pid"]), "SIGTERM"));
    for (let count = 0; count < 3; count += 1) {
      const reply = await post(String(ready?.["capture"]));
      expect(await reply.json()).toEqual({ status: "captured", id: count + 1 });
    }
    await shell.complains(/^nobody reads the output any more; requests are still captured, Ctrl-C stops\n/);
  });
});

describe("colour", () => {
  test.each([
    ["a pipe gets none", [], {}, false],
    ["FORCE_COLOR brings it", [], { FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR=0 brings none", [], { FORCE_COLOR: "0" }, false],
    ["NO_COLOR beats FORCE_COLOR", [], { NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    ["an empty NO_COLOR says nothing", [], { NO_COLOR: "", FORCE_COLOR: "1" }, true],
    ["FORCE_COLOR beats TERM=dumb", [], { TERM: "dumb", FORCE_COLOR: "1" }, true],
    ["--color always beats NO_COLOR", ["--color", "always"], { NO_COLOR: "1" }, true],
    ["--color=never beats FORCE_COLOR", ["--color=never"], { FORCE_COLOR: "1" }, false],
  ] as const)("in a pipe: %s", async (_, flags, env, hasColour) => {
    const { out } = await runBin(["listen", "--port", "0", "--for", "1ms", ...flags], { env });
    expect(out.includes(ESCAPE)).toBe(hasColour);
  });

  const onTerminal = [
    ["has colour", "", {}, true],
    ["NO_COLOR takes it away", "", { NO_COLOR: "1" }, false],
    ["TERM=dumb takes it away", "", { TERM: "dumb" }, false],
    ["--color never takes it away", "--color never", {}, false],
    ["FORCE_COLOR=0 takes it away", "", { FORCE_COLOR: "0" }, false],
  ] as const;
  for (const [says, flags, env, hasColour] of onTerminal) {
    testWithTool("script", `on a terminal: ${says}`, async () => {
      const command = `"$NODE" "$BIN" listen --port 0 --for 1ms ${flags}`;
      const terminal = RunningBin.spawn(["script", "-qfec", command, "/dev/null"], {
        env: { NODE: process.execPath, BIN: binPath, ...env },
      });
      const { code, out } = await terminal.ended();
      expect(code).toBe(0);
      expect(out.includes(`${ESCAPE}1mhookcli listening`)).toBe(hasColour);
      expect(out).toContain("hookcli listening");
    });
  }
});

describe("symbols", () => {
  test("an ASCII locale gets ASCII", async () => {
    const { bin, url } = await listenPlainly([], { env: { LC_ALL: "C" } });
    await post(url);
    await bin.prints(/-> stored, replied 200\n/);
    expect(bin.out).not.toMatch(/[^\n -~]/);
  });
});

async function freePort(): Promise<number> {
  const server = await TargetServer.answering();
  const { port } = server;
  await server.close();
  return port;
}

/** Resolves when something listens there. */
async function accepting(port: number): Promise<void> {
  for (;;) {
    const client = await RawClient.connect(port).catch(() => undefined);
    if (client) return client.close();
  }
}
