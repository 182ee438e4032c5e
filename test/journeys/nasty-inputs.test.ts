import { expect, onTestFinished, test } from "vitest";
import { nastyInputs } from "../contracts/nasty-inputs.ts";
import { playInput, playSoundRequest } from "../contracts/play-input.ts";
import { Listener } from "../helpers/listener.ts";
import { runHere } from "../helpers/run-here.ts";

interface ListedRequest {
  readonly remoteAddress: string;
  readonly reply: { readonly status: number } | null;
  readonly refusal: { readonly code: string } | null;
  readonly target: string;
}

// The longest limit of the listener is 30 seconds, for a body that stands still.
const TIMEOUT_MS = 60_000;

test(
  "one listener takes every nasty input, answers and records each of them, and lives",
  async () => {
    const listener = await Listener.start();
    onTestFinished(async () => listener.kill());
    const played = await Promise.all(nastyInputs.map(async (input) => playInput(listener.port, input)));
    expect(await playSoundRequest(listener.port)).toBe(200);
    const listed = await list(listener.dbPath);

    const told = nastyInputs.map(({ name }, at) => {
      const { replies = [], remoteAddress = "" } = played[at] ?? {};
      const records = listed.filter((request) => request.remoteAddress === remoteAddress);
      return {
        name,
        replies: replies.map(({ status }) => status),
        says: replies.at(-1)?.body.toString() ?? "",
        records: records.map(({ reply, refusal, ...request }) => ({
          ...request,
          status: reply?.status,
          code: refusal?.code,
        })),
      };
    });
    expect(told).toMatchObject(
      nastyInputs.map(({ name, replies = [], says = /^/, records }) => ({
        name,
        replies,
        says: expect.stringMatching(says) as string,
        records,
      })),
    );

    const summary = await listener.stop();
    expect(summary).toMatchObject({
      received: listed.length,
      silent: nastyInputs.filter(({ silent }) => silent).length,
    });
  },
  TIMEOUT_MS,
);

/** Oldest first. */
async function list(dbPath: string): Promise<readonly ListedRequest[]> {
  const { code, out, err } = await runHere(["list", "--all", "--json", "--limit", "10000", "--db", dbPath]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.trimEnd().split("\n");
  return lines.map((line) => (JSON.parse(line) as { request: ListedRequest }).request).reverse();
}
