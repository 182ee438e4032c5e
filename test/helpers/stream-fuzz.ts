import { type Random, seededRandom } from "../../src/core/model/seeded.ts";
import type { CaptureLimits } from "../../src/io/capture/limits.ts";
import { type Outcome, StreamPlayer } from "./stream-player.ts";
import type { WireStream } from "./wire-streams.ts";

/** At a time, over several servers: the system gives each address and port only so many connections a minute. */
const LANES = 64;
const SERVERS = 8;
/** After so many the rest tells nothing new. */
const MOST_FINDINGS = 10;

export interface StreamFuzz {
  /** Each stream is made from this and its own number: what is found can be made again. */
  readonly seed: number;
  readonly count: number;
  readonly limits?: Partial<CaptureLimits>;
  readonly make: (random: Random) => WireStream;
  /** What is wrong with what came of a stream; undefined: nothing. */
  readonly judge: (stream: WireStream, outcome: Outcome) => string | undefined;
}

/** A stream with which something is wrong, and the smallest one that was found with something wrong. */
export interface Finding {
  readonly seed: number;
  readonly at: number;
  readonly what: string;
  readonly packets: readonly string[];
  readonly ending: WireStream["ending"];
}

/** Plays so many made-up streams, each on a connection of its own, and says with which of them something is wrong. */
export async function fuzzStreams(fuzz: StreamFuzz): Promise<readonly Finding[]> {
  const players = await Promise.all(Array.from({ length: SERVERS }, () => StreamPlayer.start(fuzz.limits)));
  const findings: Finding[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < fuzz.count && findings.length < MOST_FINDINGS; at = next++) {
      const player = players[at % SERVERS];
      const stream = fuzz.make(seededRandom(fuzz.seed * 1_000_003 + at));
      const what = player && fuzz.judge(stream, await player.play(stream));
      if (what === undefined || !player) continue;
      const smaller = findings.length === 0 ? await shrunk(stream, fuzz, player) : stream;
      findings.push({ seed: fuzz.seed, at, what, packets: smaller.packets, ending: smaller.ending });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  for (const player of players) player.close();
  return findings;
}

/** Takes out packets, then ever smaller pieces of them, as long as something is still wrong. */
async function shrunk(stream: WireStream, { judge }: StreamFuzz, player: StreamPlayer): Promise<WireStream> {
  let smallest: WireStream = { ...stream, isSound: false };
  const isWrong = async (packets: readonly string[]): Promise<boolean> => {
    const tried = { ...smallest, packets: packets.filter((packet) => packet !== "") };
    if (judge(tried, await player.play(tried)) === undefined) return false;
    smallest = tried;
    return true;
  };
  await isWrong([stream.packets.join("")]);
  for (let length = 64; length >= 1; length = Math.floor(length / 2)) {
    for (let packet = 0; packet < smallest.packets.length; packet += 1) {
      for (let at = 0; at < (smallest.packets[packet]?.length ?? 0);) {
        const without = smallest.packets.map((text, index) =>
          index === packet ? text.slice(0, at) + text.slice(at + length) : text,
        );
        if (!(await isWrong(without))) at += length;
      }
    }
  }
  return smallest;
}
