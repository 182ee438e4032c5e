import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../../../../src/core/model/clock.ts";
import type { HookcliError } from "../../../../../src/core/model/errors.ts";
import { Ballast } from "../../../../../src/io/store/disk/ballast.ts";
import { CurrentConnection } from "../../../../../src/io/store/connection/current-connection.ts";
import { Spool } from "../../../../../src/io/store/disk/spool.ts";
import { openStore, sampleSession } from "../../../../helpers/stores.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";
import type { Tables } from "../../../../../src/io/store/rows/tables.ts";

const insert = ({ sessions }: Tables): number => sessions.insert(sampleSession());
const unended = (current: CurrentConnection): number => current.usable.tables.sessions.unended().length;

describe("when the file is taken away", () => {
  test("every write is refused, the trouble is told once, and a fresh store takes its place", async () => {
    const { current, path, told, reopened } = start();
    await current.write(insert);
    rmSync(path);
    await expect(trouble(current)).resolves.toBe("STORE_MOVED");
    expect(() => current.usable).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
    await expect(current.write(insert)).rejects.toMatchObject({ code: "STORE_MOVED" });
    expect(await reopened).toContain("a fresh store was made");
    expect(told).toEqual(["STORE_MOVED", undefined]);
    expect([current.epoch, current.trouble, unended(current)]).toEqual([2, undefined, 0]);
    await current.write(insert);
    expect(unended(current)).toBe(1);
  });

  test("what belongs to the one before is written into no other: it is refused, or dropped where nobody waits", async () => {
    const { current, path, reopened } = start();
    await current.write(insert);
    const { epoch } = current;
    rmSync(path);
    await trouble(current);
    await current.writeLazily(insert, epoch);
    await reopened;
    await current.writeLazily(insert, epoch);
    await expect(current.write(insert, epoch)).rejects.toMatchObject({ code: "STORE_MOVED" });
    expect(() => current.vouch(epoch)).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
    expect(() => current.refuseOver(epoch)).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
    expect(() => current.refuseOver(current.epoch)).not.toThrow();
    expect(current.vouch(current.epoch)).toBeUndefined();
    await current.write(({ sessions }) => sessions.see(0, 0));
    expect(unended(current)).toBe(0);
  });

  test("a sound store that is put there is gone on with, with what is in it", async () => {
    const { current, path, reopened } = start();
    const other = openStore({ path: `${path}.backup` });
    await other.beginSession(sampleSession());
    other.close();
    renameSync(`${path}.backup`, path);
    expect(await reopened).toContain("requests go into the store that is at");
    await current.write(insert);
    expect(unended(current)).toBe(1);
  });

  test("what is there and is no store is told, and waited out", async () => {
    const { current, path, told, reopened } = start();
    writeFileSync(`${path}.text`, "somebody's own text");
    renameSync(`${path}.text`, path);
    await trouble(current);
    await expect.poll(() => current.trouble?.message).toContain("cannot be used");
    rmSync(path);
    await reopened;
    expect(told).toEqual(["STORE_MOVED", "STORE_MOVED", undefined]);
  });
});

test("a store that was found damaged is gone on with when another one is there, without a restart", async () => {
  const { current, path, told, reopened } = start();
  current.health.report(new Sqlite.SqliteError("malformed", "SQLITE_CORRUPT"));
  expect(current.trouble?.code).toBe("STORE_CORRUPT");
  rmSync(path);
  await reopened;
  expect(told).toEqual(["STORE_CORRUPT", "STORE_MOVED", undefined]);
  await current.write(insert);
});

async function trouble(current: CurrentConnection): Promise<string | undefined> {
  await expect.poll(() => current.trouble?.code).toBeDefined();
  return current.trouble?.code;
}

function start() {
  const path = join(temporaryFolder(), "hooks.db");
  const told: (string | undefined)[] = [];
  const { promise: reopened, resolve } = Promise.withResolvers<string>();
  const current = new CurrentConnection({
    path,
    clock: systemClock,
    spool: new Spool(`${path}-bodies`, { startedAtMs: 1, pid: 1 }),
    ballast: new Ballast(`${path}-ballast`),
    busyTimeoutMs: 10,
    busyPatienceMs: 100,
    sparesEventLoop: true,
    onTrouble: (error: HookcliError | undefined) => told.push(error?.code),
    onReopened: resolve,
    probe: () => undefined,
  });
  onTestFinished(async () => {
    await current.end();
    current.close(() => undefined);
  });
  return { current, path, told, reopened };
}
