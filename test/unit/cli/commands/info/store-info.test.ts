import * as v from "valibot";
import { spoolName } from "../../../../../src/core/model/body.ts";
import { describe, expect, test } from "vitest";
import { jsonShapes } from "../../../../../src/core/wire/shapes/index.ts";
import {
  infoToJson,
  isSound,
  printInfo,
  printRecovered,
  printSettings,
  recoveredToJson,
  type StoreInfo,
} from "../../../../../src/cli/commands/info/store-info.ts";
import { SAMPLE_TIME_MS } from "../../../../helpers/samples.ts";
import { sampleSession } from "../../../../helpers/stores.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const facts = {
  schemaVersion: 2,
  requests: 1204,
  malformed: 3,
  deliveries: 1300,
  attempts: 1301,
  prunedEvents: 17,
  oldest: { id: 5, receivedAtMs: SAMPLE_TIME_MS },
  newest: { id: 1500, receivedAtMs: SAMPLE_TIME_MS + 1000 },
};
const info: StoreInfo = {
  path: "/data/hooks.db",
  exists: true,
  sizes: { databaseBytes: 1_200_000, logBytes: 0, bodyBytes: 5_000_000 },
  facts,
  living: [{ ...sampleSession({ pid: 4242, targets: ["http://localhost:8000"] }), id: 1 }],
  check: undefined,
};

describe("for people", () => {
  test("path, sizes, counts, span, and what runs", async () => {
    expect((await printed(info)).out.split("\n").map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d/g, "D"))).toEqual([
      "store       /data/hooks.db",
      "size        6.2 MB (database 1.2 MB, log 0 B, bodies 5.0 MB)",
      "requests    1,204, 3 of them malformed",
      "            #5 (D:06:07) to #1500 (D:06:08)",
      "deliveries  1,300 with 1,301 attempts",
      "removed     ids of 17 events remembered, for 72 hours",
      "schema      2",
      "running     listen  pid 4242  http://127.0.0.1:4400 → http://localhost:8000",
      "",
    ]);
  });

  test("a store that is not there yet is no error", async () => {
    const { out } = await printed({ ...info, exists: false, facts: undefined });
    expect(out).toMatch(/\n +not there yet: the first hookcli listen makes it\n$/);
  });

  test("a check names what is lost, and the command that saves the rest", async () => {
    const sound = {
      damage: undefined,
      missing: [],
      stray: [1, 2].map((count) => spoolName({ startedAtMs: 1, pid: 1 }, count)),
    };
    const harmless = await printed({ ...info, check: sound });
    expect(harmless.out).toContain("\ncheck       sound\n");
    expect(harmless.err).toBe("2 body files are in no use; a listener removes such files after a day\n");
    const bad = { damage: "page 7 is broken", missing: ["c.body"], stray: [] };
    const { out, err } = await printed({ ...info, check: bad });
    expect(out).toContain("\ncheck       damaged: page 7 is broken\ncheck       body file lost: c.body\n");
    expect(err).toContain("hookcli info --db /data/hooks.db --recover /data/hooks.db.saved");
    expect([isSound(sound), isSound(bad), isSound({ ...bad, damage: undefined })]).toEqual([true, false, false]);
  });

  test("what was recovered is told table by table, losses in words", async () => {
    const { at, out, err } = await recordedSurroundings();
    printRecovered(at, "/a.db", "/b.db", recovered);
    expect(await out()).toBe(
      [
        "saved what could be read of /a.db in /b.db",
        "  requests           1,204  31 keys unreadable",
        "  deliveries             7",
        "  body files             2",
        "  1 body file not there any more",
        "  4 requests without the body, now partial",
        "",
      ].join("\n"),
    );
    expect(await err()).toBe("Go on with it: --db /b.db. The damaged store is as it was.\n");
  });

  test("settings stand in columns, with their origins", async () => {
    const { at, out } = await recordedSurroundings();
    printSettings(at, [
      { key: "db", value: "x.db", origin: "flag" },
      { key: "listen.port", value: undefined, origin: "default" },
    ]);
    expect(await out()).toBe("db           x.db  flag\nlisten.port  -     default\n");
  });
});

test("for programs: the shapes that are promised", () => {
  const check = { damage: undefined, missing: ["c.body"], stray: [] };
  for (const one of [info, { ...info, facts: undefined }, { ...info, check }]) {
    const shape = infoToJson(one);
    expect(v.parse(jsonShapes.info, shape)).toEqual(shape);
  }
  expect(infoToJson({ ...info, check })).toMatchObject({
    stored: { schema: 2, oldest: { id: 5, receivedAt: new Date(SAMPLE_TIME_MS).toISOString() } },
    sessions: [{ pid: 4242, capture: "http://127.0.0.1:4400", forward: ["http://localhost:8000"] }],
    check: { sound: false, damage: null },
  });
  const shape = recoveredToJson("/a.db", "/b.db", recovered);
  expect(v.parse(jsonShapes.recovered, shape)).toEqual(shape);
});

const recovered = {
  tables: [
    { table: "requests", rows: 1204, unreadable: 31 },
    { table: "deliveries", rows: 7, unreadable: 0 },
  ],
  files: 2,
  missingFiles: 1,
  withoutBody: 4,
};

async function printed(about: StoreInfo): Promise<{ readonly out: string; readonly err: string }> {
  const { at, out, err } = await recordedSurroundings();
  printInfo(at, about);
  return { out: await out(), err: await err() };
}
