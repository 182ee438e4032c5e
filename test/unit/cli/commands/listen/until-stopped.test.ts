import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CommandRun } from "../../../../../src/cli/commands/listen/command-run.ts";
import { type StopReasons, untilStopped } from "../../../../../src/cli/commands/listen/until-stopped.ts";
import { EXIT } from "../../../../../src/cli/terminal/exit.ts";
import type { StopSignal } from "../../../../../src/cli/terminal/surroundings.ts";
import { gate } from "../../../../helpers/capture.ts";
import { RawClient } from "../../../../helpers/raw-client.ts";
import { startSession } from "../../../../helpers/session.ts";
import { SteppedClock } from "../../../../helpers/stepped-clock.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";
import { OK, TargetServer } from "../../../../helpers/target-server.ts";
import { turns } from "../../../../helpers/turns.ts";

const PATIENCE_MS = 4000;
const QUIET_MS = 1000;
/** Runs long enough, and ends by itself where nobody is left to end it. Says with a file that it is ready. */
const WAITS = ": > up; for turn in $(seq 2000); do sleep 0.05; done";
const POLITE = `trap "exit 7" TERM HUP; ${WAITS}`;
const DEAF = `trap "" TERM INT HUP; ${WAITS}`;

interface Wanted extends SurroundingsWanted {
  readonly reasons?: Partial<StopReasons>;
  /** A script that runs beside the listener. */
  readonly script?: string;
}

/** A real listener with a target that answers when it is told to, waiting for a reason to stop. */
async function scene({ reasons, script, ...wanted }: Wanted = {}) {
  const clock = new SteppedClock();
  const { at, stop, err, folder } = await recordedSurroundings({ clock, ...wanted });
  const { opened, open } = gate();
  const target = await TargetServer.answering(async (socket) => {
    await opened;
    socket.write(OK);
  });
  const started = await startSession({ targets: [target.origin] });
  const { session } = started;
  onTestFinished(async () => {
    open();
    await started.end();
    await target.close();
  });
  const command = script === undefined ? undefined : new CommandRun(["sh", "-c", script]);
  command?.start({ directory: folder, env: { PATH: process.env["PATH"] } }, {});
  onTestFinished(() => command?.stop("SIGKILL"));
  if (script?.includes("> up") === true) await expect.poll(() => existsSync(join(folder, "up"))).toBe(true);
  const ended = untilStopped(at, session, { enough: undefined, forMs: undefined, command, ...reasons });
  /** Posts a webhook, and comes back when the target has it. */
  const deliver = async (): Promise<void> => {
    void fetch(session.captureUrl, { method: "POST", body: "{}" }).catch(() => undefined);
    await target.requests(1);
  };
  const says = async (text: string): Promise<void> => expect.poll(err).toContain(text);
  return { clock, session, stop, err, ended, deliver, says, answer: open, command, folder };
}

describe("it ends, and all is well,", () => {
  test.each<StopSignal>(["SIGINT", "SIGTERM", "SIGHUP"])("at %s", async (signal) => {
    const { stop, ended, err, clock } = await scene();
    stop(signal);
    expect([await ended, await err(), clock.remainingMs]).toEqual([EXIT.ok, "", []]);
  });

  test("when enough has come", async () => {
    const { opened, open } = gate();
    const { ended } = await scene({ reasons: { enough: opened } });
    open();
    expect(await ended).toBe(EXIT.ok);
  });

  test("when the time is up, and not before", async () => {
    const { ended, clock } = await scene({ reasons: { forMs: 500 } });
    expect(clock.remainingMs).toEqual([500]);
    clock.advance(500);
    expect(await ended).toBe(EXIT.ok);
  });
});

describe("what is under way", () => {
  test("is waited for, and that is said", async () => {
    const { stop, ended, deliver, says, answer, session } = await scene();
    await deliver();
    stop("SIGINT");
    await says("waiting for 1 delivery to end; Ctrl-C again stops now\n");
    answer();
    expect([await ended, session.runningCount]).toEqual([EXIT.ok, 0]);
  });

  test("may be a request that is still arriving, beside a delivery", async () => {
    const { stop, ended, deliver, says, answer, session } = await scene();
    await deliver();
    const client = await RawClient.connect(session.port);
    await client.write("POST /half HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    await client.receivedMatching(/100 Continue/);
    stop("SIGINT");
    await says("waiting for 1 delivery to end and 1 request to arrive; Ctrl-C again stops now\n");
    answer();
    await client.write("abcd");
    expect(await ended).toBe(EXIT.ok);
  });

  test.each<[StopSignal, StopSignal, number]>([
    ["SIGINT", "SIGINT", EXIT.interrupted],
    ["SIGINT", "SIGHUP", EXIT.interrupted],
    ["SIGINT", "SIGTERM", EXIT.terminated],
    ["SIGTERM", "SIGTERM", EXIT.terminated],
  ])("is not waited for when %s is followed by %s", async (first, second, code) => {
    const { stop, ended, deliver, says } = await scene();
    await deliver();
    stop(first);
    await says("waiting for 1 delivery");
    stop(second);
    expect(await ended).toBe(code);
  });

  test.each<StopSignal>(["SIGTERM", "SIGHUP"])("is not waited for long after %s", async (signal) => {
    const { stop, ended, deliver, clock, says } = await scene();
    await deliver();
    stop(signal);
    await says("waiting for 1 delivery");
    expect(clock.remainingMs).toEqual([PATIENCE_MS]);
    clock.advance(PATIENCE_MS);
    expect(await ended).toBe(EXIT.ok);
  });

  test("is waited for as long as it takes after Ctrl-C", async () => {
    const { stop, ended, deliver, clock, says, answer } = await scene();
    await deliver();
    stop("SIGINT");
    await says("waiting for 1 delivery");
    clock.advance(100 * PATIENCE_MS);
    await turns(5);
    answer();
    expect(await ended).toBe(EXIT.ok);
  });
});

describe("with a command beside it", () => {
  test("it ends when the command has ended, with its code, after what is under way", async () => {
    const { ended, says, deliver, answer, command } = await scene({ script: POLITE });
    await deliver();
    command?.stop("SIGTERM");
    await says("waiting for 1 delivery");
    answer();
    expect(await ended).toBe(7);
  });

  test.each<StopSignal>(["SIGTERM", "SIGHUP"])("%s is passed on, and the command's code counts", async (signal) => {
    const { stop, ended } = await scene({ script: POLITE });
    stop(signal);
    expect(await ended).toBe(7);
  });

  test("a limit asks it to end, and all is well whatever its code is", async () => {
    const { ended, clock } = await scene({ script: POLITE, reasons: { forMs: 5 } });
    clock.advance(5);
    expect(await ended).toBe(EXIT.ok);
  });

  test("Ctrl-C is passed on where no terminal does it", async () => {
    const script = `trap "exit 9" INT; ${WAITS}`;
    const { stop, ended } = await scene({ script });
    stop("SIGINT");
    expect(await ended).toBe(9);
  });

  test.each<SurroundingsWanted>([{ isOutTty: true }, { isErrTty: true }, { isInTty: true }])(
    "Ctrl-C at a terminal has reached it already: %j",
    async (wanted) => {
      const script = `trap ": > told" INT; trap "exit 7" TERM; ${WAITS}`;
      const { stop, ended, clock, command, err, says, folder } = await scene({ script, ...wanted });
      stop("SIGINT");
      await clock.waiting(1);
      expect([command?.isRunning, await err()]).toEqual([true, ""]);
      clock.advance(QUIET_MS);
      await says("waiting for sh to end; Ctrl-C again kills it\n");
      command?.stop("SIGTERM");
      expect([await ended, existsSync(join(folder, "told"))]).toEqual([7, false]);
    },
  );

  test.each<[StopSignal, number]>([
    ["SIGINT", EXIT.interrupted],
    ["SIGTERM", EXIT.terminated],
  ])("one that does not end is killed at the second %s", async (signal, code) => {
    const { stop, ended, clock, says, command } = await scene({ script: DEAF });
    stop(signal);
    await clock.waiting(1);
    clock.advance(QUIET_MS);
    await says("waiting for sh to end; Ctrl-C again kills it\n");
    stop(signal);
    expect([await ended, await command?.ended, command?.isRunning]).toEqual([code, 137, false]);
  });

  test("one that does not end is killed when patience ends: after SIGTERM that is told by the code", async () => {
    const { stop, ended, clock, command } = await scene({ script: DEAF });
    stop("SIGTERM");
    await clock.waiting(2);
    clock.advance(PATIENCE_MS);
    expect([await ended, await command?.ended]).toEqual([EXIT.terminated, 137]);
  });

  test("one that does not end is killed when patience ends: after a limit all is well", async () => {
    const { ended, clock, command } = await scene({ script: DEAF, reasons: { forMs: 5 } });
    clock.advance(5);
    await clock.waiting(2);
    clock.advance(PATIENCE_MS);
    expect([await ended, await command?.ended]).toEqual([EXIT.ok, 137]);
  });

  test("one that cannot be started ends it", async () => {
    const command = new CommandRun(["nowhere-to-be-found"]);
    const { ended } = await scene({ reasons: { command } });
    command.start({ directory: "/", env: {} }, {});
    await expect(ended).rejects.toMatchObject({ code: "COMMAND_NOT_STARTED" });
  });
});
