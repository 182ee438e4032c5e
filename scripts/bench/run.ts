/** `npm run bench -- <name> [--rounds n] [--seconds n] [--requests n]`: measures, prints figures and which bars hold. */
import { parseArgs } from "node:util";
import { Bench } from "./lib/bench.ts";
import { machineLine, say, warnIfBusy } from "./lib/report.ts";
import type { Wanted } from "./lib/wanted.ts";

const measurements: Readonly<Record<string, () => Promise<(bench: Bench, wanted: Wanted) => Promise<void>>>> = {
  throughput: async () => (await import("./throughput.ts")).throughput,
  capture: async () => (await import("./capture.ts")).capture,
  startup: async () => (await import("./startup.ts")).startup,
  memory: async () => (await import("./memory.ts")).memory,
  upload: async () => (await import("./upload.ts")).upload,
  signatures: async () => (await import("./signatures.ts")).signatures,
  query: async () => (await import("./query.ts")).query,
};

const options = { rounds: { type: "string" }, seconds: { type: "string" }, requests: { type: "string" } } as const;
const { positionals, values } = parseArgs({ options, allowPositionals: true });
const [name = ""] = positionals;
const load = measurements[name];
if (load === undefined) {
  console.error(`usage: npm run bench -- <name> [--rounds n] [--seconds n] [--requests n]`);
  console.error(`names: ${Object.keys(measurements).join(", ")}`);
  process.exitCode = 2;
} else {
  const measure = await load();
  const bench = new Bench();
  say(`${name}: ${machineLine()}`);
  warnIfBusy();
  try {
    await measure(bench, {
      rounds: numberOf(values.rounds),
      seconds: numberOf(values.seconds),
      requests: numberOf(values.requests),
    });
  } finally {
    await bench.close();
  }
  say(`after: ${machineLine()}`);
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
