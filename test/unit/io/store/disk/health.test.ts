import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { HookcliError } from "../../../../../src/core/model/errors.ts";
import { Ballast } from "../../../../../src/io/store/disk/ballast.ts";
import { Health } from "../../../../../src/io/store/disk/health.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

const sqliteError = (code: string) => new Sqlite.SqliteError(code, code);
const systemError = (code: string) => Object.assign(new Error(code), { code });

describe("what a failed write means:", () => {
  test.each([
    [sqliteError("SQLITE_FULL"), "STORE_FULL"],
    [systemError("ENOSPC"), "STORE_FULL"],
    [systemError("EDQUOT"), "STORE_FULL"],
    [sqliteError("SQLITE_CORRUPT"), "STORE_CORRUPT"],
    [sqliteError("SQLITE_IOERR_FSYNC"), "STORE_UNWRITABLE"],
    [sqliteError("SQLITE_READONLY"), "STORE_UNWRITABLE"],
    [systemError("EACCES"), "STORE_UNWRITABLE"],
  ])("%s is %s, and a trouble until it passes", (error, code) => {
    const { health, told } = start();
    expect(health.report(error)).toMatchObject({ code, cause: error });
    expect(health.trouble).toMatchObject({ code });
    expect(told).toHaveLength(1);
  });

  test("a lock that did not go away is told to the one who waited, and is no trouble of the store's", () => {
    const { health } = start();
    expect(health.report(sqliteError("SQLITE_BUSY"))).toMatchObject({ code: "STORE_BUSY" });
    expect(health.trouble).toBeUndefined();
  });

  test("a mistake of ours stays what it is", () => {
    const { health } = start();
    const mistake = new TypeError("x is not a function");
    expect(health.report(mistake)).toBe(mistake);
    expect(health.trouble).toBeUndefined();
  });

  test("what is a person's to mend stays what it is, though its code may look like the system's", () => {
    const { health } = start();
    const named = new HookcliError("EVENT_UNANSWERED");
    expect(health.report(named)).toBe(named);
    expect(health.trouble).toBeUndefined();
  });
});

describe("on a full disk", () => {
  test("the ballast is given up at once", () => {
    const { health, ballast } = start();
    ballast.take();
    health.report(sqliteError("SQLITE_FULL"));
    expect(ballast.isThere()).toBe(false);
  });

  test("everyone is told once, however many writes fail, and once more when writing works again", async () => {
    const { health, told, passed } = start();
    const troubles = [1, 2, 3].map(() => health.report(sqliteError("SQLITE_FULL")));
    expect(new Set(troubles).size).toBe(1);
    await passed;
    expect(told.map((trouble) => trouble?.code)).toEqual(["STORE_FULL", undefined]);
    expect(health.trouble).toBeUndefined();
  });

  test("writing works again when the log is folded, the ballast is back and a write succeeds, and not before", async () => {
    const steps: string[] = [];
    const { health, ballast, passed } = start({
      checkpoint: () => {
        steps.push("checkpoint");
        if (steps.length === 1) throw sqliteError("SQLITE_FULL");
      },
      probe: () => {
        steps.push(ballast.isThere() ? "probe with ballast" : "probe without");
        if (steps.length === 3) throw sqliteError("SQLITE_FULL");
      },
    });
    health.report(sqliteError("SQLITE_FULL"));
    await passed;
    expect(steps).toEqual(["checkpoint", "checkpoint", "probe with ballast", "checkpoint", "probe with ballast"]);
    expect(ballast.isThere()).toBe(true);
  });
});

describe("a damaged file", () => {
  test("is never written again, whatever else goes wrong", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const probe = vi.fn();
    const { health, told } = start({ probe });
    health.report(sqliteError("SQLITE_CORRUPT"));
    expect(health.report(sqliteError("SQLITE_FULL"))).toMatchObject({ code: "STORE_CORRUPT" });
    expect(health.report(systemError("ENOSPC"))).toMatchObject({ code: "STORE_CORRUPT" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probe).not.toHaveBeenCalled();
    expect(told.map((trouble) => trouble?.code)).toEqual(["STORE_CORRUPT"]);
  });

  test("that turns up while a full disk is looked at again ends the looking", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const probe = vi.fn(() => {
      throw sqliteError("SQLITE_CORRUPT");
    });
    const { health, told } = start({ probe });
    health.report(sqliteError("SQLITE_FULL"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probe).toHaveBeenCalledTimes(1);
    expect(told.map((trouble) => trouble?.code)).toEqual(["STORE_FULL", "STORE_CORRUPT"]);
  });
});

test("a closed one looks no more", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const probe = vi.fn();
  const { health } = start({ probe });
  health.report(sqliteError("SQLITE_READONLY"));
  health.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probe).not.toHaveBeenCalled();
});

interface Started {
  readonly health: Health;
  readonly ballast: Ballast;
  /** What everyone was told, in order. */
  readonly told: readonly (HookcliError | undefined)[];
  /** Resolves when the trouble is over. */
  readonly passed: Promise<void>;
}

function start(does: { checkpoint?: () => void; probe?: () => void; reopen?: () => Promise<boolean> } = {}): Started {
  const folder = temporaryFolder();
  const ballast = new Ballast(join(folder, "ballast"));
  const told: (HookcliError | undefined)[] = [];
  const { promise: passed, resolve } = Promise.withResolvers<void>();
  const onChange = (trouble: HookcliError | undefined): void => {
    told.push(trouble);
    if (!trouble) resolve();
  };
  const { checkpoint = () => undefined, probe = () => undefined } = does;
  const health = new Health({
    path: join(folder, "x.db"),
    busyPatienceMs: 30_000,
    ballast,
    checkpoint,
    probe,
    ...(does.reopen && { reopen: does.reopen }),
    onChange,
  });
  onTestFinished(() => health.close());
  return { health, ballast, told, passed };
}

describe("files that are not in their place", () => {
  const moved = (what: string): HookcliError => new HookcliError("STORE_MOVED", { path: "x.db", what });

  test("stand above any other trouble, and nothing is written: it is over when another store is open", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const probe = vi.fn();
    let looks = 0;
    const { health, told } = start({ probe, reopen: async () => (looks += 1) === 3 });
    health.report(sqliteError("SQLITE_FULL"));
    health.leave(moved("removed"));
    expect(health.report(sqliteError("SQLITE_CORRUPT"))).toMatchObject({ code: "STORE_MOVED" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([looks, probe.mock.calls.length]).toEqual([3, 0]);
    expect(told.map((trouble) => trouble?.code)).toEqual(["STORE_FULL", "STORE_MOVED", undefined]);
  });

  test("are told again where something else is wrong by now, and not otherwise", () => {
    const { health, told } = start();
    for (const what of ["removed", "removed", "not a store", "not a store"]) health.leave(moved(what));
    expect(told).toHaveLength(2);
  });

  test("also end what a damaged file began", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { health, told } = start({ reopen: async () => true });
    health.report(sqliteError("SQLITE_CORRUPT"));
    health.leave(moved("removed"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(told.map((trouble) => trouble?.code)).toEqual(["STORE_CORRUPT", "STORE_MOVED", undefined]);
  });
});
