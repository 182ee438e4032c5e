/**
 * Makes every database of a process sync less than hookcli asks for. Loaded before it (`node --import`) in the control
 * run, which must lose what was acknowledged: otherwise the simulation would see no loss at all.
 */
import Sqlite from "better-sqlite3";

const pragma = Reflect.get(Sqlite.prototype, "pragma");
Sqlite.prototype.pragma = function relaxed(source, options) {
  return pragma.call(this, source === "synchronous = FULL" ? "synchronous = NORMAL" : source, options);
};
