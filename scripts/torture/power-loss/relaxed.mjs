/**
 * Makes a listener sync less than it asks for. Loaded before it (`node --import`) in the control run, which must lose what
 * was acknowledged: otherwise the simulation would see no loss at all.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import Sqlite from "better-sqlite3";

const pragma = Reflect.get(Sqlite.prototype, "pragma");
Sqlite.prototype.pragma = function relaxed(source, options) {
  return pragma.call(this, source === "synchronous = FULL" ? "synchronous = NORMAL" : source, options);
};

// What a listener does in place of SQLite's own sync of a commit.
Reflect.set(fs, "fdatasync", (/** @type {number} */ _file, /** @type {() => void} */ done) => setImmediate(done));
syncBuiltinESMExports();
