import { expect, test } from "vitest";
import type { CapturedRequest } from "../../src/core/model/request.ts";
import { disagreement } from "../helpers/differential.ts";
import { rounds } from "../helpers/rounds.ts";
import { fuzzStreams } from "../helpers/stream-fuzz.ts";
import { randomStream } from "../helpers/wire-streams.ts";

/** HOOKCLI_TEST_SEED looks somewhere else. */
const RUNS = rounds(20_000);
const SEED = Number(process.env["HOOKCLI_TEST_SEED"] ?? 1);

/*
 * Pipelined requests, sound and odd, cut anywhere: what the capture port takes is what an independent reader of the same
 * bytes reads, in that order and to the byte. Where it takes less, a stored refusal or `connection: close` says so.
 */
test(
  `${RUNS} streams are read as the reference reads them (seed ${SEED})`,
  { timeout: 300_000 + RUNS * 10 },
  async () => {
    const findings = await fuzzStreams({ seed: SEED, count: RUNS, make: randomStream, judge: disagreement });
    expect(findings).toEqual([]);
  },
);

/* What the judge must see: each of these was once true. */
const GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const CARRIER = `POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: ${GET.length}\r\n\r\n`;
const RECORD: CapturedRequest = {
  method: "GET",
  target: "/a",
  httpVersion: "1.1",
  headers: ["Host", "a"],
  trailers: [],
  body: { kind: "bytes", bytes: new Uint8Array(0) },
  receivedAtMs: 0,
  receiveDurationMs: 0,
  remoteAddress: "127.0.0.1:1",
  origin: "capture",
  completeness: "complete",
};
const OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

test.each([
  ["a body that became a request", CARRIER + GET, ["/a"], OK, /^request 0 is /],
  ["a request that vanished", GET + GET, ["/a"], OK, /^sound requests were not all taken$/],
  ["a reply that is missing", GET, ["/a"], "", /^replies {2}for 200$/],
  ["nothing wrong", GET + GET, ["/a", "/a"], OK + OK, undefined],
])("it sees %s", (_what, text, targets, received, said) => {
  const records = targets.map((target) => ({ ...RECORD, target }));
  const found = disagreement(
    { packets: [text], ending: "half-close", isSound: true },
    { records, received, isHung: false },
  );
  if (said === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(said);
});
