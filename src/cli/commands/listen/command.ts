import type { CommandOf } from "../../settings/command.ts";
import { flags } from "./flags.ts";

export const listen: CommandOf<typeof flags> = {
  name: "listen",
  group: "Capture",
  summary: "Capture requests, store them, forward them to your app",
  description:
    "Takes every request on the capture URL, stores it byte for byte before anything else happens, forwards it, and gives the sender your app's real answer. With a command behind --, runs it when the port is bound and ends with its exit code; it finds HOOKCLI_CAPTURE_URL, HOOKCLI_PORT, HOOKCLI_DB and HOOKCLI_TARGET in its environment, standard output is its own, and what hookcli has to say goes to standard error.",
  arguments: [{ name: "[-- command...]", description: "what to run while listening" }],
  flags,
  excludes: { ephemeral: ["db"] },
  needs: { "fail-per": "fail", "fail-rate": "fail", "fail-match": "fail", seed: "fail-rate" },
  examples: [
    { line: "hookcli listen --forward localhost:8000", says: "capture on port 4400, forward to your app" },
    { line: "hookcli listen --respond 204", says: "just collect requests" },
    {
      line: "hookcli listen --forward 8000 --verify",
      says: "forward only what verifies; secrets come from HOOKCLI_SECRET_STRIPE and its like",
    },
    {
      line: "hookcli listen --forward 8000/hooks --forward 9000 --on-error ack",
      says: "two targets, and never an error for the sender",
    },
    {
      line: "hookcli listen --forward 8000 --fail after:resetx2",
      says: "your app does its work, the sender never hears of it and comes again, twice",
    },
    {
      line: "hookcli listen --forward 8000 -- npm test",
      says: "listen while your tests run, and end with their exit code",
    },
    { line: "hookcli listen --json --exit-after 1 --for 30s", says: "in a script: wait for one request" },
  ],
  load: async () => (await import("./action.ts")).listen,
};
