/**
 * Calls back after this time, but not before the event loop has looked once more at what has arrived: where the process
 * itself was busy, an answer that is there must not count as one that is missing.
 * @returns what stops it
 */
export function patientTimeout(durationMs: number, then: () => void): () => void {
  let soon: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => (soon = setImmediate(then)), durationMs);
  return () => {
    clearTimeout(timer);
    clearImmediate(soon);
  };
}
