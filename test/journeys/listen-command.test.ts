import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { binPath, jsonLinesOf, runBin, RunningBin } from "../helpers/bin.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";
import { testWithTool } from "../helpers/tools.ts";

/** Posts a webhook to the capture URL, and prints what it got. */
const SEND = `fetch(process.env.HOOKCLI_CAPTURE_URL + "/hooks", { method: "POST", body: '{"type":"order.completed"}' })`;

/** Runs a command at a terminal of its own, presses Ctrl-C when it says that it is up, and prints what it saw. */
const AT_TERMINAL = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen, pressed = b"", False
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        break
    if not chunk:
        break
    seen += chunk
    if b"up" in seen and not pressed:
        os.write(terminal, b"\\x03")
        pressed = True
status = os.waitpid(pid, 0)[1]
sys.stdout.write(seen.decode() + "code %d" % os.waitstatus_to_exitcode(status))
`;

describe("listen -- command", () => {
  test("runs it when the port is bound, and ends with its exit code; standard output is the command's", async () => {
    const target = await TargetServer.answering();
    onTestFinished(async () => target.close());
    const script = `${SEND}.then(async (reply) => { console.log(await reply.text(), reply.status); process.exit(7); })`;
    const { code, out, err } = await listenWith(["--forward", target.origin], node(script));
    expect([code, out]).toEqual([7, "ok 200\n"]);
    expect(err).toMatch(/^hookcli listening\n[^]*#1 [^\n]*POST \/hooks [^]*\n1 request: 1 delivered, 0 failed\./);
  });

  test("finds where things are in its environment", async () => {
    const names = ["CAPTURE_URL", "PORT", "DB", "TARGET"].map((name) => `HOOKCLI_${name}`);
    const script = `console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name])))`;
    const folder = temporaryFolder();
    const db = join(folder, "hooks.db");
    const { out } = await listenWith(["--db", db, "--forward", "8000/hooks"], node(script), folder);
    const [url, port, ...rest] = JSON.parse(out) as string[];
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(rest).toEqual([db, "http://localhost:8000/hooks"]);
    const stored = await listenWith([], node(script));
    expect(JSON.parse(stored.out)).toHaveLength(4);
    expect((JSON.parse(stored.out) as unknown[])[3]).toBeNull();
  });

  test("with --json the lines go to standard error", async () => {
    const { code, out, err } = await listenWith(["--json"], ["echo", "--json", "mine"]);
    expect([code, out]).toEqual([0, "--json mine\n"]);
    expect(jsonLinesOf(err).map(({ kind }) => kind)).toEqual(["ready", "summary"]);
  });

  test("waits for deliveries that are under way when the command has ended", async () => {
    let answer: () => void = () => undefined;
    const target = await TargetServer.answering((socket) => {
      answer = () => socket.write(OK);
    });
    onTestFinished(async () => target.close());
    const script = `process.on("SIGTERM", () => process.exit(3)); console.log(process.pid); ${SEND}`;
    const bin = start(["--forward", target.origin], node(script));
    await target.requests(1);
    process.kill(Number(bin.out), "SIGTERM");
    await bin.complains(/waiting for 1 delivery to end/);
    answer();
    const { code, err } = await bin.ended();
    expect(code).toBe(3);
    expect(err).toMatch(/\n1 request: 1 delivered, 0 failed\./);
  });

  test("a command that a signal killed: 128 and its number", async () => {
    expect((await listenWith([], ["sh", "-c", "kill -9 $$"])).code).toBe(137);
  });

  test.each(["--exit-after=1", "--for=1500ms"])("%s stops the command politely: exit 0", async (limit) => {
    const script = `process.on("SIGTERM", () => { console.log("asked"); process.exit(9); }); ${SEND}; setInterval(() => {}, 1e6)`;
    const { code, out } = await listenWith([limit], node(script));
    expect([code, out]).toEqual([0, "asked\n"]);
  });

  test("SIGTERM is passed on, and its exit code is the command's", async () => {
    const bin = start(
      [],
      node(`process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1e6); console.log("up")`),
    );
    await bin.prints(/up\n/);
    bin.signal("SIGTERM");
    expect((await bin.ended()).code).toBe(9);
  });

  test("a second signal kills it", async () => {
    const deaf = `for (const s of ["SIGINT", "SIGTERM"]) process.on(s, () => console.log("no")); console.log("up", process.pid); setInterval(() => {}, 1e6)`;
    const bin = start([], node(deaf));
    const [, pid] = await bin.prints(/up (\d+)\n/);
    bin.signal("SIGTERM");
    await bin.prints(/no\n/);
    bin.signal("SIGTERM");
    expect((await bin.ended()).code).toBe(143);
    expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
  });

  testWithTool("python3", "Ctrl-C at a terminal reaches the command once, and its exit code counts", async () => {
    const trap = `trap 'told=x$told; echo "told $told"' INT; echo up; while [ -z "$told" ]; do sleep 1; done; exit 5`;
    const command = ["listen", "--port", "0", "--quiet", "--", "sh", "-c", trap];
    const terminal = RunningBin.spawn(["python3", "-c", AT_TERMINAL, process.execPath, binPath, ...command]);
    const { out } = await terminal.ended();
    expect(out.match(/told x+/g)).toEqual(["told x"]);
    expect(out).toMatch(/code 5$/);
  });
});

describe("a command that cannot be started: exit 4, and the listener ends", () => {
  test.each([
    ["nowhere-to-be-found", "ENOENT: there is no such program", "Check its name"],
    ["npm test", "ENOENT: there is no such program", "Leave out the quotes"],
    ["./script.sh", "EACCES: it may not be executed", "Make it executable (chmod +x ./script.sh)"],
  ])("%s", async (command, reason, advice) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "script.sh"), "echo hi\n");
    chmodSync(join(folder, "script.sh"), 0o600);
    const { code, err } = await listenWith(["--quiet"], [command], folder);
    expect(code).toBe(4);
    expect(err).toContain(`error: cannot run "${command}" (${reason})\n  ${advice}`);
  });

  test.each([
    [["listen", "8000"], '"8000" stands alone: a target is given with --forward, a command to run stands behind --'],
    [["listen", "--"], "no command stands behind --"],
  ])("%j is no command line", async (args, problem) => {
    const { code, err } = await runBin(args);
    expect([code, err]).toEqual([2, `error: ${problem}\n  hookcli listen --help shows how it is used.\n`]);
  });
});

function node(script: string): readonly string[] {
  return [process.execPath, "--no-warnings", "-e", script];
}

function start(flags: readonly string[], command: readonly string[], folder = temporaryFolder()): RunningBin {
  return RunningBin.start(["listen", "--port", "0", ...flags, "--", ...command], { folder });
}

async function listenWith(flags: readonly string[], command: readonly string[], folder?: string) {
  return start(flags, command, folder).ended();
}
