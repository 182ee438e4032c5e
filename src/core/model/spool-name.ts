/**
 * Name of a file in a store's body folder. Only `spoolName` and `parseSpoolName` make one, so that no other text becomes
 * part of a path: a store may come from anybody, and its rows may name any file.
 */
export type SpoolName = string & { readonly isSpoolName: true };

/** Who writes body files; keeps the names of processes apart. */
export interface SpoolWriter {
  readonly startedAtMs: number;
  readonly pid: number;
}

/** When its process started (base 36), the process, and the how-manieth of its files it is. */
const FORM = /^[0-9a-z]{1,11}\.\d{1,10}-\d{1,15}\.body$/;

/** The `count`-th name of a process. */
export function spoolName({ startedAtMs, pid }: SpoolWriter, count: number): SpoolName {
  const name = parseSpoolName(`${Math.max(0, Math.trunc(startedAtMs)).toString(36)}.${pid}-${count}.body`);
  if (name === undefined) throw new Error(`no name for body file ${count} of process ${pid}`);
  return name;
}

/** Undefined where the text has not the form of our own names. */
export function parseSpoolName(text: string): SpoolName | undefined {
  return isSpoolName(text) ? text : undefined;
}

function isSpoolName(text: string): text is SpoolName {
  return FORM.test(text);
}
