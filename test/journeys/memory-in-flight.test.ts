import { expect, test } from "vitest";
import { MEMORY_ATTACKS } from "../helpers/memory-attacks.ts";
import { measureAttack } from "../helpers/memory-in-flight.ts";
import { describeOnPlatform } from "../helpers/tools.ts";

const FOR_MS = 2000;
const MOST_GROWTH_MB = 120;
/** Those that once took much and take little now; `scripts/torture/memory-in-flight.mjs` tries all, and for longer. */
const TRIED = [
  "many pipelines of tiny requests",
  "pipelines behind a refused request",
  "pipelined bodies",
  "bodies in chunks of one byte",
];

describeOnPlatform(
  ["linux-x64", "linux-arm64"],
  "a listener takes at most 120 MB more than at its start while its target hangs, under",
  () => {
    test.for(MEMORY_ATTACKS.filter(({ name }) => TRIED.includes(name)))("$name", async (attack) => {
      const { startMb, mostMb } = await measureAttack(attack, FOR_MS);
      expect(mostMb - startMb).toBeLessThan(MOST_GROWTH_MB);
    });
  },
);
