import { connect, type Socket } from "node:net";

/** One way to fill a listener's memory: what is said on each of so many connections, again and again. */
export interface MemoryAttack {
  readonly name: string;
  /** Flags of the listener beside its target. */
  readonly flags: readonly string[];
  readonly connections: number;
  /** What the target does. */
  readonly target: "hangs" | "answers-large" | "answers-endless" | "stalls-after-large";
  /** Whether the sender reads its replies. */
  readonly isReading: boolean;
  /** Written to each connection once. */
  readonly opening: (connection: number) => Buffer;
  /** Written after that for as long as the attack lasts; undefined: nothing more. */
  readonly again?: Buffer | undefined;
}

const KIB = 1024;
const MIB = 1024 * KIB;

const text = (latin1: string): Buffer => Buffer.from(latin1, "latin1");
const post = (body: Buffer, type = "application/json", path = "/"): Buffer =>
  Buffer.concat([
    text(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`),
    body,
  ]);
const GET = "GET / HTTP/1.1\r\nHost:a\r\n\r\n";
const pipeline = (bytes: number): Buffer => text(GET.repeat(Math.ceil(bytes / GET.length)));
const largeBody = (): Buffer => Buffer.alloc(MIB - 1, "x");
/** As many of the smallest headers as fit: each costs memory many times its bytes. */
const manyHeaders = (end: string): Buffer => {
  let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n";
  for (let at = 0; head.length < 62 * KIB; at += 1) head += `${(at % 1000).toString().padStart(3, "a")}:\r\n`;
  return text(head + end);
};
const fewHeaders = (end: string): Buffer =>
  text(`POST / HTTP/1.1\r\nHost: a\r\nX-Large: ${"v".repeat(62 * KIB)}\r\nContent-Length: 0\r\n${end}`);
const chunksOfOne = (bytes: number): Buffer =>
  text(`POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(bytes)}`);
/** Small on the wire, large once it is parsed. */
const branchingJson = (): Buffer =>
  text(`{"id":"evt_123456789012345","type":"a.b","deep":[${"[],".repeat(80 * KIB)}0]}`);

const hanging = { flags: [], connections: 1000, target: "hangs", isReading: true } as const;

export const MEMORY_ATTACKS: readonly MemoryAttack[] = [
  {
    ...hanging,
    name: "one pipeline of tiny requests",
    connections: 1,
    opening: () => pipeline(64 * KIB),
    again: pipeline(64 * KIB),
  },
  { ...hanging, name: "many pipelines of tiny requests", opening: () => pipeline(64 * KIB), again: pipeline(64 * KIB) },
  { ...hanging, name: "a request, then many pipelines", opening: () => text(GET), again: pipeline(64 * KIB) },
  {
    ...hanging,
    name: "pipelines with junk at their end",
    opening: () => text(`${GET.repeat(1200)}\x16\x03 junk\r\n\r\n`),
  },
  {
    ...hanging,
    name: "pipelines behind a refused request",
    opening: () => text(`GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${GET.repeat(2000)}`),
  },
  { ...hanging, name: "bodies of just under 1 MiB", opening: () => post(largeBody()) },
  { ...hanging, name: "the same without a timeout", flags: ["--timeout", "0"], opening: () => post(largeBody()) },
  { ...hanging, name: "the same one at a time", flags: ["--concurrency", "1"], opening: () => post(largeBody()) },
  { ...hanging, name: "the same before a delay", flags: ["--fail", "delay:10m"], opening: () => post(largeBody()) },
  {
    ...hanging,
    name: "the same after a fault that never answers",
    flags: ["--fail", "timeout"],
    opening: () => post(largeBody()),
  },
  {
    ...hanging,
    name: "the same with acknowledgements",
    flags: ["--on-error", "ack", "--timeout", "2s"],
    opening: () => post(largeBody()),
    again: post(largeBody()),
  },
  { ...hanging, name: "bodies that never end", opening: () => post(largeBody()).subarray(0, MIB - 100) },
  {
    ...hanging,
    name: "pipelined bodies",
    connections: 30,
    opening: () => post(Buffer.alloc(60 * KIB, "x")),
    again: post(Buffer.alloc(60 * KIB, "x")),
  },
  {
    ...hanging,
    name: "bodies in chunks of one byte",
    connections: 100,
    opening: () => Buffer.concat([chunksOfOne(900 * KIB)]),
  },
  { ...hanging, name: "heads of many headers", opening: () => manyHeaders("\r\n") },
  { ...hanging, name: "heads of one large header", opening: () => fewHeaders("\r\n") },
  { ...hanging, name: "heads of many headers that never end", opening: () => manyHeaders("") },
  { ...hanging, name: "heads of one large header that never end", opening: () => fewHeaders("") },
  {
    ...hanging,
    name: "the same on kept connections",
    target: "answers-large",
    opening: () => text(GET),
    again: manyHeaders(""),
  },
  { ...hanging, name: "JSON that grows when it is parsed", opening: () => post(branchingJson()) },
  {
    ...hanging,
    name: "replies that nobody reads",
    target: "answers-large",
    isReading: false,
    opening: () => text(GET),
    again: text(GET.repeat(20)),
  },
  {
    ...hanging,
    name: "endless replies that nobody reads",
    target: "answers-endless",
    isReading: false,
    opening: () => text(GET),
  },
  { ...hanging, name: "replies that stop before their end", target: "stalls-after-large", opening: () => text(GET) },
];

/** Carries an attack out for so long. What the listener does to its connections is its business. */
export async function attackMemory(attack: MemoryAttack, port: number, durationMs: number): Promise<void> {
  const sockets = Array.from({ length: attack.connections }, (_none, index) => openOne(attack, port, index));
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  for (const socket of sockets) socket.destroy();
}

function openOne({ isReading, opening, again }: MemoryAttack, port: number, index: number): Socket {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  if (isReading) socket.resume();
  else socket.pause();
  socket.write(opening(index));
  if (again) {
    const goOn = (): void => {
      while (!socket.destroyed && socket.write(again));
    };
    socket.on("drain", goOn);
    goOn();
  }
  return socket;
}
