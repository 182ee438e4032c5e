import { expect, test } from "vitest";
import { Listener } from "../helpers/listener.ts";

// The signal handlers came after the ready line had been written: a quick Ctrl-C ended the process without its summary.
test("a signal right behind the ready line ends a listener as any other does", async () => {
  for (let round = 0; round < 12; round += 1) {
    const listener = await Listener.start();
    expect(await listener.stop()).toMatchObject({ kind: "summary", received: 0 });
  }
});
