import { expect, test } from "vitest";
import { MEMORY_ATTACKS } from "../helpers/memory-attacks.ts";
import { measureAttack } from "../helpers/memory-in-flight.ts";
import { describeOnPlatform } from "../helpers/tools.ts";

const FOR_MS = 2000;
const MOST_GROWTH_MB = 120;
/** Those that once took the most; `scripts/torture/memory-in-flight.mjs` tries all of them, and for longer. */
const TRIED = ["one pipeline of tiny requests", "bodies that never end", "pipelines behind a refused request"];

describeOnPlatform(
  ["linux"],
  "a listener takes at most 120 MB more than at its start while its target hangs, under",
  () => {
    test.for(MEMORY_ATTACKS.filter(({ name }) => TRIED.includes(name)))("$name", async (attack) => {
      const { startMb, mostMb } = await measureAttack(attack, FOR_MS);
      expect(mostMb - startMb).toBeLessThan(MOST_GROWTH_MB);
    });
  },
);
