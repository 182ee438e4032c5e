import { readFileSync } from "node:fs";

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** Transactions in a database's log since it was last folded: its frames that end one. See https://sqlite.org/fileformat2.html#walformat */
export function transactionsInLog(dbPath: string): number {
  const log = readFileSync(`${dbPath}-wal`);
  if (log.length < HEADER_BYTES) return 0;
  const salts = log.subarray(16, 24);
  const frameBytes = FRAME_HEADER_BYTES + log.readUInt32BE(8);
  let count = 0;
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    if (!log.subarray(at + 8, at + 16).equals(salts)) break;
    if (log.readUInt32BE(at + 4) > 0) count += 1;
  }
  return count;
}
