import { expect, test } from "vitest";
import { RunningBin } from "../../../helpers/bin.ts";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../helpers/heap-program.ts", import.meta.url));

test("garbage is looked for often, thoroughly where much has come or a second has passed, between two looks where much is read, and not at all where there is little", async () => {
  const { code, out, err } = await RunningBin.spawn([process.execPath, program]).ended();
  expect([code, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toEqual({
    waitsMs: [40],
    little: [],
    grown: ["major"],
    // Still in use, so it is no reason to look at everything again.
    stillThere: ["minor"],
    aSecondLater: ["major"],
    rightAfter: ["minor"],
    oldGrown: ["major"],
    muchRead: ["minor"],
    readAfterwards: [],
    held: 481,
    waitsAtTheEnd: [],
  });
});
