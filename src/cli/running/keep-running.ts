/** Waits of the clock alone do not keep a process running; this does, until `work` has ended. */
export async function keepRunning<Result>(work: () => Promise<Result>): Promise<Result> {
  // oxlint-disable-next-line no-restricted-globals -- the clock is for waiting; this is for staying
  const timer = setInterval(() => undefined, 1_000_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
