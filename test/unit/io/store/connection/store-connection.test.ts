import { renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { HookcliError } from "../../../../../src/core/model/errors.ts";
import { Ballast } from "../../../../../src/io/store/disk/ballast.ts";
import { Spool } from "../../../../../src/io/store/disk/spool.ts";
import { type ConnectionOptions, StoreConnection } from "../../../../../src/io/store/connection/store-connection.ts";
import { SteppedClock } from "../../../../helpers/stepped-clock.ts";
import { openStore } from "../../../../helpers/stores.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

test("one that is watched acknowledges nothing any more once its file is gone, and rejects what waits", async () => {
  const { connection, clock, path, told } = open();
  await connection.commits.write(() => connection.tables.sessions.unended());
  rmSync(path);
  clock.advance(200);
  await expect(connection.commits.write(() => 1)).rejects.toMatchObject({ code: "STORE_MOVED" });
  expect(told).toEqual(["removed"]);
  expect(connection.isUsable).toBe(false);
  expect(() => connection.fold()).toThrow();
});

test("one that is not watched tells when it is asked", () => {
  const { connection, path } = open({ sparesEventLoop: false });
  expect(() => connection.look()).not.toThrow();
  renameSync(path, `${path}.moved`);
  expect(() => connection.look()).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
});

test("a listener's leaves a note beside the store which files belong together, and takes it away at its end", () => {
  const { connection, path } = open();
  expect(statSync(`${path}-held`).size).toBeGreaterThan(0);
  connection.close();
  connection.close();
  expect(statSync(`${path}-held`, { throwIfNoEntry: false })).toBeUndefined();
  expect(connection.isUsable).toBe(false);
});

test("another file at the path does not get the log of the one before, whoever opens it", () => {
  const { path } = open();
  const other = join(temporaryFolder(), "other.db");
  openStore({ path: other }).close();
  renameSync(other, path);
  expect(() => openStore({ path })).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
});

function open(changes: Partial<ConnectionOptions> = {}) {
  const path = join(temporaryFolder(), "hooks.db");
  const clock = new SteppedClock();
  const told: string[] = [];
  const connection: StoreConnection = new StoreConnection({
    path,
    clock,
    spool: new Spool(`${path}-bodies`, { startedAtMs: 1, pid: 1 }),
    ballast: new Ballast(`${path}-ballast`),
    busyTimeoutMs: 10,
    busyPatienceMs: 100,
    sparesEventLoop: true,
    explain: (error) => error,
    onDeparture: (departure) => {
      told.push(departure);
      const trouble = new HookcliError("STORE_MOVED", { path });
      connection.leave(departure, trouble);
      return trouble;
    },
    ...changes,
  });
  onTestFinished(async () => {
    await connection.end();
    connection.close();
  });
  return { connection, clock, path, told };
}
