import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { HookcliError } from "../../../../../src/core/model/errors.ts";
import { Ballast } from "../../../../../src/io/store/disk/ballast.ts";
import { Reopener, type ReopenerOptions } from "../../../../../src/io/store/connection/reopener.ts";
import { Spool } from "../../../../../src/io/store/disk/spool.ts";
import { StoreConnection } from "../../../../../src/io/store/connection/store-connection.ts";
import { SteppedClock } from "../../../../helpers/stepped-clock.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

describe("where nothing is", () => {
  test("a fresh store is made after 2 s, and not before", async () => {
    const { path, clock, reopener, steps } = start();
    expect(await reopener.attempt()).toBeUndefined();
    clock.advance(1999);
    expect(await reopener.attempt()).toBeUndefined();
    clock.advance(1);
    expect((await reopener.attempt())?.text).toBe(`a fresh store was made at ${path}`);
    expect(steps).toEqual(["end", "end", "end", "settle", "close"]);
  });

  test("an empty file counts as nothing", async () => {
    const { path, clock, reopener } = start();
    writeFileSync(path, "");
    expect(await reopener.attempt()).toBeUndefined();
    clock.advance(2000);
    expect((await reopener.attempt())?.text).toContain("a fresh store");
  });

  test("nothing is made where another file system would be", async () => {
    const { clock, reopener } = start({ device: 1n });
    await reopener.attempt();
    clock.advance(60_000);
    expect(await reopener.attempt()).toBeUndefined();
  });

  test("a log that is left over is put aside, and named", async () => {
    const { path, clock, reopener } = start();
    writeFileSync(`${path}-wal`, "a log");
    await reopener.attempt();
    clock.advance(2000);
    expect((await reopener.attempt())?.text).toContain(`kept as ${path}.aside-1-wal`);
    expect(readFileSync(`${path}.aside-1-wal`, "utf8")).toBe("a log");
  });
});

describe("a file that is there", () => {
  test("is used when it was left alone between two looks", async () => {
    const { path, reopener } = start();
    putStore(path);
    expect(await reopener.attempt()).toBeUndefined();
    putStore(path);
    expect(await reopener.attempt()).toBeUndefined();
    expect((await reopener.attempt())?.text).toBe(`requests go into the store that is at ${path} now`);
  });

  test("and is no store is told once, and not touched", async () => {
    const { path, reopener, refused } = start();
    writeFileSync(path, "somebody's own text");
    const before = statSync(path);
    for (let round = 0; round < 4; round += 1) expect(await reopener.attempt()).toBeUndefined();
    expect(refused).toEqual(["STORE_NOT_OURS"]);
    expect([statSync(path).mtimeMs, readFileSync(path, "utf8")]).toEqual([before.mtimeMs, "somebody's own text"]);
    putStore(path);
    await reopener.attempt();
    expect(await reopener.attempt()).toBeDefined();
  });

  test("and is damaged is not used", async () => {
    const damage = new HookcliError("STORE_CORRUPT", { path: "x", reason: "page 7" });
    const { path, reopener, refused } = start({ damageOf: () => damage });
    putStore(path);
    for (let round = 0; round < 4; round += 1) expect(await reopener.attempt()).toBeUndefined();
    expect(refused).toEqual(["STORE_CORRUPT"]);
  });
});

function putStore(path: string): void {
  const store = openStore({ path: `${path}.new` });
  store.close();
  renameSync(`${path}.new`, path);
}

function start(changes: Partial<ReopenerOptions> = {}) {
  const path = join(temporaryFolder(), "hooks.db");
  const clock = new SteppedClock();
  const steps: string[] = [];
  const refused: string[] = [];
  const open: ReopenerOptions["open"] = (onAside) => {
    const connection = new StoreConnection({
      path,
      clock,
      spool: new Spool(`${path}-bodies`, { startedAtMs: 1, pid: 1 }),
      ballast: new Ballast(`${path}-ballast`),
      busyTimeoutMs: 10,
      busyPatienceMs: 100,
      sparesEventLoop: false,
      explain: (error) => error,
      onDeparture: () => new HookcliError("STORE_MOVED"),
      onAside,
    });
    onTestFinished(() => connection.close());
    return connection;
  };
  const reopener = new Reopener({
    path,
    clock,
    connection: { end: async () => void steps.push("end"), close: () => void steps.push("close") },
    left: { aside: () => undefined, settle: () => void steps.push("settle") },
    device: statSync(join(path, ".."), { bigint: true }).dev,
    open,
    damageOf: () => undefined,
    onRefused: ({ code }) => void refused.push(code),
    ...changes,
  });
  return { path, clock, reopener, steps, refused };
}
