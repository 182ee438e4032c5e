import { HookcliError } from "../../../core/model/errors.ts";
import { openDatabase, type OpenOptions } from "../../sqlite/open.ts";
import type { Ballast } from "./ballast.ts";
import type { Database } from "../../sqlite/database.ts";

/**
 * Opens a store's database. On a full disk even reading needs a little room, for which the ballast is given up.
 * @throws what `openDatabase` throws
 */
export function openWithRoom(options: OpenOptions, ballast: Ballast): Database {
  try {
    return openDatabase(options);
  } catch (error) {
    if (!(error instanceof HookcliError) || error.code !== "STORE_FULL" || !ballast.isThere()) throw error;
    ballast.release();
    return openDatabase(options);
  }
}
