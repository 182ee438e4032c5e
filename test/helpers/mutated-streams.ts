import { nastyInputs, type Piece } from "../contracts/nasty-inputs.ts";
import type { Random } from "../../src/core/model/seeded.ts";
import knownSenders from "../fixtures/recognition/known-senders.json" with { type: "json" };
import type { Outcome } from "./stream-player.ts";
import { below, cut, oneOf, randomStream, spoilt, type WireStream } from "./wire-streams.ts";

/** Larger ones take their time, and are drawn more rarely. */
const SMALL_BYTES = 4000;

/** What recorded senders sent, as requests on the wire. */
const recorded = knownSenders.map(({ method, target, headers, body }) => {
  const bytes = Buffer.from(body).toString("latin1");
  const lines = headers.map(([name, value]) => `${name ?? ""}: ${value ?? ""}\r\n`).join("");
  return `${method} ${target} HTTP/1.1\r\nHost: a\r\n${lines}Content-Length: ${bytes.length}\r\n\r\n${bytes}`;
});

/** What costs more than it weighs, where somebody reads it carelessly. */
const heavy = [
  `GET /${"%00".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET${" ".repeat(70_000)}/ HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nX: a${" \t".repeat(30_000)}b\r\nbroken\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost:${" ".repeat(100_000)}a\r\n\r\n`,
  `${"\r\n".repeat(40_000)}GET / HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\n${"a:\r\n".repeat(15_000)}\r\n`,
  `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${"1\r\na\r\n".repeat(10_000)}0\r\n\r\n`,
  `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${"X: y\r\n".repeat(5000)}\r\n`,
  `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${"a=b;".repeat(10_000)}\r\na\r\n0\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nConnection: ${"close,".repeat(8000)}\r\nUpgrade: ${"h2c,".repeat(2000)}\r\n\r\n`,
  "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(200),
  `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n${"x".repeat(100_000)}`,
];

const corpus = [...nastyInputs.flatMap(({ pieces }) => pieces.map(textOf)), ...recorded].filter((text) => text !== "");
const small = corpus.filter((text) => text.length <= SMALL_BYTES);
const large = [...corpus.filter((text) => text.length > SMALL_BYTES), ...heavy];

/** Bytes that a sender might write out of malice or by mistake, and how it leaves. */
export function mutatedStream(random: Random): WireStream {
  const kind = random();
  let text = "";
  if (kind < 0.05) text = noise(random);
  else if (kind < 0.25) text = randomStream(random).packets.join("");
  else if (kind < 0.28) text = oneOf(random, large);
  else for (let count = 1 + below(random, 3); count > 0; count -= 1) text += oneOf(random, small);
  for (let count = below(random, 4); count > 0; count -= 1) text = spoilt(random, text);
  if (random() < 0.1) text = flipped(random, text);
  const ending = oneOf(random, [
    "half-close",
    "half-close",
    "half-close",
    "half-close",
    "close",
    "close",
    "reset",
    "wait",
  ] as const);
  return { packets: cut(random, text), ending, isSound: false };
}

/** All that can be said of bytes that nobody has read otherwise. */
export function hang(_stream: WireStream, { isHung }: Outcome): string | undefined {
  return isHung ? "the connection did not end" : undefined;
}

function noise(random: Random): string {
  return String.fromCharCode(...Array.from({ length: below(random, 200) }, () => below(random, 256)));
}

/** One bit in each of some bytes is the other one. */
function flipped(random: Random, text: string): string {
  const bytes = Buffer.from(text, "latin1");
  for (let count = 1 + below(random, 8); count > 0 && bytes.length > 0; count -= 1) {
    const at = below(random, bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
  }
  return bytes.toString("latin1");
}

function textOf(piece: Piece): string {
  if (typeof piece === "string") return piece;
  return piece instanceof Uint8Array ? Buffer.from(piece).toString("latin1") : piece.bytes;
}
