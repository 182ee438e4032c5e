import { expect, test } from "vitest";
import { lossOf } from "../../scripts/torture/power-loss/loss.ts";
import { describeOnPlatform, describeWithTool } from "../helpers/tools.ts";

/** Some of each kind: in rows, in files, and into a store that was there before. */
const SHORT = { points: 12, requests: 60, largeEvery: 6 };

describeOnPlatform(
  ["linux-x64", "linux-arm64"],
  "a power cut, simulated from every write and sync of a listener",
  () => {
    describeWithTool(process.env["CC"] ?? "gcc", "needs a compiler", () => {
      test("takes nothing that was acknowledged: no row, no body in a file, no name in a folder", async () => {
        const said: string[] = [];
        const lost = await lossOf({ ...SHORT, say: (line) => said.push(line) });
        expect({ lost, said }).toMatchObject({ lost: 0 });
        expect(said).toHaveLength(4);
      });

      // Otherwise the simulation sees nothing.
      test.for(["log", "bodies", "folders"] as const)("takes some without the sync of %s", async (relaxed) => {
        const said: string[] = [];
        const lost = await lossOf({ ...SHORT, relaxed, say: (line) => said.push(line) });
        expect(lost, said.join("\n")).toBeGreaterThan(0);
      });
    });
  },
);
