import { heldUpFor } from "./held-up.ts";

/**
 * Loaded into another process (`node --import`): from SIGUSR2 on its event loop stands still for 300 of every 400 ms, as on a
 * machine that is busy.
 */
const HELD_UP_MS = 300;
const FREE_MS = 100;

function holdUp(): void {
  heldUpFor(HELD_UP_MS);
  setTimeout(holdUp, FREE_MS).unref();
}

process.on("SIGUSR2", holdUp);
