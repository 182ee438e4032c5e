import { cpus, loadavg } from "node:os";
import type { Measured } from "./load.ts";
import { median } from "./stats.ts";

export function say(line: string): void {
  console.log(line);
}

/** What the figures depend on. */
export function machineLine(): string {
  const cores = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return `Node ${process.versions.node}, ${cores.length} x ${cores[0]?.model.trim()}, load average ${load.join(" ")}`;
}

/** Warns where other programs have the machine already: only the ratios mean anything then, and they less. */
export function warnIfBusy(): void {
  const [lastMinute = 0] = loadavg();
  if (lastMinute > cpus().length / 4)
    say("WARNING  other programs keep this machine busy: do not rely on these figures");
}

/** `name  median (min to max)` of one figure over the rounds. */
export function sayRounds(name: string, values: readonly number[], unit: string, digits = 2): void {
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)];
  const text = [middle, least, most].map((value) => value.toFixed(digits));
  say(`  ${name.padEnd(44)} ${text[0]} ${unit} (${text[1]} to ${text[2]}, ${values.length} rounds)`);
}

/** What two programs under the same load made of it, side by side, and how busy the load generator was. */
export function sayServed(
  [baseline, baselines]: readonly [string, readonly Measured[]],
  [name, measured]: readonly [string, readonly Measured[]],
): void {
  const both = [
    [baseline, baselines],
    [name, measured],
  ] as const;
  for (const [who, results] of both)
    sayRounds(
      who,
      results.map(({ perSecond }) => perSecond),
      "req/s",
      0,
    );
  for (const [who, results] of both)
    sayRounds(
      `${who}, p99`,
      results.map(({ p99Ms }) => p99Ms),
      "ms",
    );
  for (const [who, results] of both)
    sayRounds(
      `${who}, processor time`,
      results.map(({ cpuMicroseconds }) => cpuMicroseconds),
      "us/req",
      0,
    );
  sayRounds(
    `load generator's share of a core (${baseline})`,
    baselines.map(({ busy }) => busy),
    "",
  );
}

/** A bar and whether the figure holds it. */
export function sayBar(name: string, value: number, relation: "<=" | ">=", bar: number, unit = ""): void {
  const holds = relation === "<=" ? value <= bar : value >= bar;
  say(
    `${holds ? "HOLDS " : "BROKEN"}  ${name}: ${value.toFixed(2)}${unit} (bar: ${relation} ${bar.toFixed(2)}${unit})`,
  );
}

/** The figure of each round over the same round's other figure. */
export function ratios(values: readonly number[], others: readonly number[]): readonly number[] {
  return values.map((value, at) => value / (others[at] ?? NaN));
}
