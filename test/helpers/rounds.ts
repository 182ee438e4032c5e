/**
 * How often a test repeats what it tries: so often in the gate, and HOOKCLI_TEST_TIMES times as often where there is more
 * time (`node scripts/torture/rounds.mjs`).
 */
export function rounds(inGate: number): number {
  return Math.ceil(inGate * Number(process.env["HOOKCLI_TEST_TIMES"] ?? 1));
}
