/**
 * Makes a listener leave out one kind of sync that RELAXED names: `log` (of commits), `bodies` (of large bodies) or `folders`
 * (of names). Loaded before it (`node --import`) in the control runs, which must lose what was acknowledged: otherwise the
 * simulation would see no loss at all.
 */
import fs from "node:fs";
import { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import Sqlite from "better-sqlite3";

const left = process.env["RELAXED"];

if (left === "log") {
  const pragma = Reflect.get(Sqlite.prototype, "pragma");
  Sqlite.prototype.pragma = function relaxed(source, options) {
    return pragma.call(this, source === "synchronous = FULL" ? "synchronous = NORMAL" : source, options);
  };
  // What a listener does in place of SQLite's own sync of a commit.
  Reflect.set(fs, "fdatasync", (/** @type {number} */ _file, /** @type {() => void} */ done) => setImmediate(done));
}

if (left === "bodies") {
  const file = await open(new URL(import.meta.url));
  Reflect.set(Object.getPrototypeOf(file), "sync", async () => undefined);
  await file.close();
}

if (left === "folders") {
  const { fsyncSync, fstatSync } = fs;
  Reflect.set(fs, "fsyncSync", (/** @type {number} */ file) => {
    if (!fstatSync(file).isDirectory()) fsyncSync(file);
  });
}

syncBuiltinESMExports();
