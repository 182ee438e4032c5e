/**
 * Waits for something that must not wait for something else, which would take much longer: a limit that tells one from the
 * other, and not how fast the machine is.
 * @param evidence what a person wants to see where it does
 */
export async function within<Result>(
  mostMs: number,
  work: Promise<Result>,
  evidence: () => string = () => "it did not end",
): Promise<Result> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${evidence()}\n(after ${mostMs / 1000} s)`)), mostMs);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
