import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Sink } from "../../../../src/cli/terminal/sink.ts";
import { Fifo } from "../../../helpers/fifo.ts";
import { recordedStream, temporaryFolder } from "../../../helpers/surroundings.ts";
import { describeOnPlatform, describeWithTool } from "../../../helpers/tools.ts";

/** More than any pipe holds. */
const MORE_THAN_A_PIPE = 1024 * 1024;

test("what is written arrives in order, texts as UTF-8 and bytes as they are", async () => {
  const recorded = recordedStream(join(temporaryFolder(), "out"));
  recorded.sink.write("é");
  recorded.sink.write(Buffer.from([0x41, 0x0a]));
  recorded.sink.write("");
  expect(await recorded.text()).toBe("éA\n");
  recorded.sink.write("more");
  expect(await recorded.text()).toBe("éA\nmore");
});

test("a sink that nothing was written to is flushed at once", async () => {
  const recorded = recordedStream(join(temporaryFolder(), "out"));
  await expect(recorded.sink.flushed()).resolves.toBeUndefined();
});

describe("writes that follow each other within a moment", () => {
  test("go out together when it is over, in order", async () => {
    const { sink, inFile, inFileOf, turn } = await oneWriteOut("a");
    for (const text of ["b", "c", "d"]) {
      sink.write(text);
      await turn();
    }
    vi.advanceTimersByTime(9);
    await turn();
    expect(inFile()).toBe("a");
    vi.advanceTimersByTime(1);
    expect(await inFileOf(4)).toBe("abcd");
  });

  test("do not hold back one that comes when it is over", async () => {
    const { sink, inFileOf } = await oneWriteOut("a");
    vi.advanceTimersByTime(10);
    sink.write("b");
    expect(await inFileOf(2)).toBe("ab");
  });

  test("do not wait for its end where someone waits until all is out", async () => {
    const { sink, inFile } = await oneWriteOut("a");
    sink.write("b");
    await Promise.all([sink.flushed(), sink.flushed()]);
    expect(inFile()).toBe("ab");
  });

  test("begin a new moment after that, whatever the one before would have been", async () => {
    const { sink, inFile, inFileOf, turn } = await oneWriteOut("a");
    vi.advanceTimersByTime(5);
    sink.write("b");
    await sink.flushed();
    sink.write("c");
    vi.advanceTimersByTime(9);
    await turn();
    expect(inFile()).toBe("ab");
    vi.advanceTimersByTime(1);
    expect(await inFileOf(3)).toBe("abc");
  });

  test("do not wait for its end where there are 64 KiB of them", async () => {
    const { sink, inFile, inFileOf, turn } = await oneWriteOut("a");
    const large = "x".repeat(65_535);
    sink.write(large);
    await turn();
    expect(inFile()).toBe("a");
    sink.write("y");
    sink.write("z");
    expect(await inFileOf(65_538)).toBe(`a${large}yz`);
  });

  test("do not wait at all where the first of them is that large", async () => {
    const { sink, inFileOf } = await oneWriteOut("a");
    const large = "x".repeat(65_536);
    sink.write(large);
    expect(await inFileOf(65_537)).toBe(`a${large}`);
  });

  test("do not wait where they came while the one before was still going out and someone waits for all", async () => {
    const { sink, inFile } = await oneWriteOut("a");
    vi.advanceTimersByTime(10);
    sink.write("b");
    // From here on "b" is with the system, and not yet written.
    await new Promise((resolve) => setImmediate(resolve));
    sink.write("c");
    await sink.flushed();
    expect(inFile()).toBe("abc");
  });
});

test("any other trouble with the descriptor closes the sink too", async () => {
  const fd = openSync(join(temporaryFolder(), "out"), "w");
  closeSync(fd);
  const sink = new Sink(fd);
  sink.write("x");
  await sink.flushed();
  expect(sink.isClosed).toBe(true);
});

describeOnPlatform(["linux-x64", "linux-arm64"], "over a full disk", () => {
  test("what is lost has a reason", async () => {
    const sink = new Sink(openSync("/dev/full", "w"));
    expect(sink.noRoomCode).toBeUndefined();
    sink.write("x");
    await sink.flushed();
    expect([sink.isClosed, sink.noRoomCode]).toEqual([true, "ENOSPC"]);
  });
});

describeWithTool("mkfifo", "over a pipe that does not block", () => {
  test("a reader that stalls loses nothing and does not stop the writer", async () => {
    const fifo = new Fifo();
    const sink = new Sink(fifo.writeFd);
    const written = Buffer.alloc(MORE_THAN_A_PIPE, "0123456789");
    sink.write(written);
    sink.write("end");
    // The pipe is full and nobody reads: the event loop still turns.
    await new Promise((resolve) => setImmediate(resolve));
    expect(sink.isClosed).toBe(false);
    const read = await fifo.read(MORE_THAN_A_PIPE + 3);
    await sink.flushed();
    expect(read.equals(Buffer.concat([written, Buffer.from("end")]))).toBe(true);
  });

  test("more than eight megabytes that wait are too much, until they are read", async () => {
    const fifo = new Fifo();
    const sink = new Sink(fifo.writeFd);
    sink.write(Buffer.alloc(8 * MORE_THAN_A_PIPE));
    expect(sink.isOverfull).toBe(false);
    sink.write("x");
    expect(sink.isOverfull).toBe(true);
    await fifo.read(8 * MORE_THAN_A_PIPE + 1);
    await sink.flushed();
    expect(sink.isOverfull).toBe(false);
  });

  test("a reader that goes away is noticed, told once, and never thrown", async () => {
    const fifo = new Fifo();
    const sink = new Sink(fifo.writeFd);
    let toldTimes = 0;
    sink.onClosed(() => (toldTimes += 1));
    fifo.closeReader();
    sink.write("nobody reads this");
    await sink.flushed();
    expect(sink.isClosed).toBe(true);
    sink.write("nor this");
    await sink.flushed();
    expect([toldTimes, sink.isOverfull, sink.noRoomCode]).toEqual([1, false, undefined]);
  });

  test("a reader that goes away in the middle ends the wait for it", async () => {
    const fifo = new Fifo();
    const sink = new Sink(fifo.writeFd);
    sink.write(Buffer.alloc(MORE_THAN_A_PIPE));
    const flushed = sink.flushed();
    await fifo.read(10);
    fifo.closeReader();
    await flushed;
    expect(sink.isClosed).toBe(true);
  });
});

test("a process whose output is read slowly does not end before all of it is out", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", script("process.stdout.isTTY;")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  // Reading begins when the child has written what it can and waits.
  await once(child.stdout, "readable");
  await new Promise((resolve) => setImmediate(resolve));
  const [read, exit] = await Promise.all([text(child.stdout), once(child, "exit")]);
  expect(exit).toEqual([0, null]);
  expect(read).toHaveLength(MORE_THAN_A_PIPE);
});

test("output into a shell pipe whose reader starts late arrives whole", () => {
  // The reader takes the first line, and the rest only when the writer has long had no room for more.
  const full = join(temporaryFolder(), "full");
  const command = `"$NODE" --input-type=module -e "$SCRIPT" | { read -r _; until [ -e "$FULL" ]; do :; done; wc -c; }`;
  const env = { ...process.env, FULL: full, NODE: process.execPath, SCRIPT: script("process.stdout.isTTY;", full) };
  expect(execFileSync("sh", ["-c", command], { env }).toString().trim()).toBe(String(MORE_THAN_A_PIPE - 2));
});

/** A sink that has just written, at a time that stands still. */
async function oneWriteOut(text: string) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const folder = temporaryFolder();
  const { sink } = recordedStream(join(folder, "out"));
  sink.write(text);
  await sink.flushed();
  const inFile = (): string => readFileSync(join(folder, "out"), "utf8");
  /** Long enough for a write that nothing holds back: opens, writes and closes another file. */
  const turn = (): Promise<void> => writeFile(join(folder, "other"), "x");
  /** What the file holds when it has so many bytes, or has not got them for long. Not polled: that would move the time. */
  const inFileOf = async (bytes: number): Promise<string> => {
    for (let left = 500; left > 0 && inFile().length < bytes; left -= 1) await turn();
    return inFile();
  };
  return { sink, inFile, inFileOf, turn };
}

/**
 * A program that writes a megabyte to standard output as the bin does: its first line is `a`.
 * @param full a file that it makes when it has tried to write for long
 */
function script(before: string, full?: string): string {
  const sink = new URL("../../../../src/cli/terminal/sink.ts", import.meta.url).href;
  return `import { Sink } from ${JSON.stringify(sink)};
    ${before}
    const sink = new Sink(1);
    sink.write("a\\n" + "x".repeat(${MORE_THAN_A_PIPE - 2}));
    ${
      full === undefined
        ? ""
        : `for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    (await import("node:fs")).writeFileSync(${JSON.stringify(full)}, "");`
    }
    await sink.flushed();
    process.exit(0);`;
}
