import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { type BinOptions, type Finished, runBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { textBody } from "../helpers/samples.ts";
import { seededStore } from "../helpers/seeded-store.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

const RECEIVED = { receivedAtMs: Date.parse("2026-03-04T05:06:07.089Z") };
const SENT = ["--unsigned", "--seed", "1", "--id", "evt_1", "--timestamp", "2024-03-15T10:30:00Z"];

/** A command line for each command: one that does what the command is for, and prints the same each time. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  completion: ["bash"],
  diff: ["1", "2"],
  export: ["1..2", "--format", "curl"],
  faults: [],
  import: ["-"],
  info: ["--settings"],
  init: [],
  list: ["--all"],
  listen: ["--forward", "ftp://x"],
  providers: [],
  prune: ["--keep", "1", "--dry-run"],
  replay: ["1", "--to", "9", "--dry-run"],
  retries: [],
  rm: ["1"],
  schedules: [],
  search: ["order"],
  send: ["order.completed", "--to", "9", "--dry-run", ...SENT],
  show: ["2"],
  verify: ["1", "--provider", "github", "--secret", "x"],
  wait: ["--include-stored"],
};

test("each command is tried", () => {
  expect(Object.keys(LINES).toSorted()).toEqual(commands.map(({ name }) => name).toSorted());
});

test.each(Object.entries(LINES))("%s prints as a program what it prints inside a test", async (name, words) => {
  const { folder } = await seededStore([
    { ...RECEIVED, body: textBody('{"type":"order.completed","id":"evt_1"}') },
    { ...RECEIVED, body: textBody('{"type":"order.refunded","id":"evt_2"}') },
  ]);
  const args = [name, ...words];
  const options = { folder, env: { HOOKCLI_DB: join(folder, "hooks.db") }, input: "curl http://h/a -d '{}'" };
  const before = temporaryFolder();
  cpSync(folder, before, { recursive: true });
  const asProgram = await outcome(runBin, args, options);
  for (const left of readdirSync(folder)) rmSync(join(folder, left), { recursive: true });
  cpSync(before, folder, { recursive: true });
  expect(asProgram).toEqual(await outcome(runHere, args, options));
  expect(asProgram.out + asProgram.err).not.toMatch(/bug in hookcli/);
});

async function outcome(
  run: (args: readonly string[], options: BinOptions) => Promise<Finished>,
  args: readonly string[],
  options: BinOptions,
): Promise<Omit<Finished, "stdout">> {
  const { code, out, err } = await run(args, options);
  return { code, out, err };
}
