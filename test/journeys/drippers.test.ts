import { connect, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { Listener } from "../helpers/listener.ts";
import { post } from "../helpers/load.ts";

const CONNECTIONS = 1024;
const HONEST = 10;

const SAID = {
  "bodies that drip": ["POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx"],
  "all kinds of slowness": [
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nx",
    "POST / HTTP/1.1\r\nX-",
    "",
    "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT",
  ],
} as const;

describe("while 1,024 connections are held by", () => {
  test.for(Object.entries(SAID))("%s, ten of ten others are answered", async ([, said]) => {
    const listener = await Listener.start();
    onTestFinished(() => listener.kill());
    await post(listener.url, "warm");
    const drippers = await attackers(listener.port, said);
    onTestFinished(() => drippers.forEach((socket) => void socket.destroy()));
    const answered: number[] = [];
    for (let count = 0; count < HONEST; count += 1) answered.push((await post(listener.url, "other")).status);
    expect(answered).toEqual(Array(HONEST).fill(200));
    expect(await listener.line(({ kind, code }) => kind === "notice" && code === "PORT_FULL")).toBeDefined();
    expect(listener.lines.filter(({ code }) => code === "PORT_FULL").length).toBeLessThan(4);
  });
});

/** Connections that have said their piece, and say one byte more now and then. */
async function attackers(port: number, said: readonly string[]): Promise<readonly Socket[]> {
  const opening = Array.from({ length: CONNECTIONS }, async (_none, index) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("error", () => undefined);
    socket.resume();
    await new Promise((resolve) => socket.once("connect", resolve));
    const text = said[index % said.length] ?? "";
    if (text !== "") await new Promise<void>((resolve) => void socket.write(text, "latin1", () => resolve()));
    return socket;
  });
  return Promise.all(opening);
}
