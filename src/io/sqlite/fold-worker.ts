/** The thread that folds the log for `LogFolder`: a connection of its own for each order, so that none is in the way at the end. */
import { parentPort, workerData } from "node:worker_threads";
import { foldLog, logGauge } from "./fold-log.ts";
import type { FoldAnswer, FoldOrder } from "./log-folder.ts";
import { openForFolding } from "./second-connection.ts";

/** Not long: commits wait for the rest of a log. */
const BUSY_TIMEOUT_MS = 20;

const path = String(workerData);

parentPort?.on("message", (order: FoldOrder) => parentPort?.postMessage(obey(order)));

/** Whatever goes wrong here will meet a commit too, and be told then. */
function obey({ mode, files }: FoldOrder): FoldAnswer {
  try {
    const db = openForFolding(path, BUSY_TIMEOUT_MS, files);
    try {
      foldLog(db, path, mode);
      return { leftPages: logGauge(db)() };
    } finally {
      db.close();
    }
  } catch {
    return { leftPages: Infinity };
  }
}
