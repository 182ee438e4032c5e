import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { expect, test } from "vitest";
import { STARTER_FILE, STARTER_TEXT } from "../../../../../src/cli/commands/init/starter.ts";
import { EXIT } from "../../../../../src/cli/terminal/exit.ts";
import { jsonShapes } from "../../../../../src/core/wire/shapes/index.ts";
import { run } from "../../../../../src/cli/run.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

test("the starter is written, and the next command named", async () => {
  const { at, folder, out } = await recordedSurroundings();
  expect(await run(["init"], at, "0.0.0")).toBe(EXIT.ok);
  const path = join(folder, STARTER_FILE);
  expect(readFileSync(path, "utf8")).toBe(STARTER_TEXT);
  expect(await out()).toBe(`wrote ${path}\n  Put your app's address into it, then: hookcli listen\n`);
});

test("a file that is there is kept, unless --force says otherwise", async () => {
  const { at, folder, err } = await recordedSurroundings();
  const path = join(folder, STARTER_FILE);
  writeFileSync(path, "{ broken");
  expect(await run(["init"], at, "0.0.0")).toBe(EXIT.environment);
  expect(readFileSync(path, "utf8")).toBe("{ broken");
  expect(await err()).toBe(
    `error: ${path} is there already\n  Nothing was changed. To write over it: hookcli init --force\n`,
  );
  expect(await run(["init", "--force"], at, "0.0.0")).toBe(EXIT.ok);
  expect(readFileSync(path, "utf8")).toBe(STARTER_TEXT);
});

test("with --json it is one object of its shape", async () => {
  const { at, folder, out } = await recordedSurroundings();
  expect(await run(["init", "--json"], at, "0.0.0")).toBe(EXIT.ok);
  expect(v.parse(jsonShapes.written, JSON.parse(await out()))).toMatchObject({ path: join(folder, STARTER_FILE) });
});

test("--print writes nothing, and is no JSON", async () => {
  const { at, out, err } = await recordedSurroundings();
  mkdirSync(join(at.directory, STARTER_FILE));
  expect(await run(["init", "--print"], at, "0.0.0")).toBe(EXIT.ok);
  expect(await out()).toBe(STARTER_TEXT);
  expect(await run(["init", "--print", "--json"], at, "0.0.0")).toBe(EXIT.usage);
  expect(await err()).toContain("--print and --json exclude each other");
});

test("--force writes over a file, and through no link", async () => {
  const { at, folder, err } = await recordedSurroundings();
  const path = join(folder, STARTER_FILE);
  writeFileSync(join(folder, "victim"), "victim");
  symlinkSync("victim", path);
  expect(await run(["init", "--force"], at, "0.0.0")).toBe(EXIT.environment);
  expect(await err()).toContain(`${path} is left alone: it is a symbolic link`);
  expect(readFileSync(join(folder, "victim"), "utf8")).toBe("victim");
});
