/**
 * Lets the event loop turn so many times: whatever is due by then has happened, and no time is involved. For showing that
 * something does not happen; for what happens there is an event.
 */
export async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
}
