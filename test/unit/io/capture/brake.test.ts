import { PassThrough } from "node:stream";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { Brake } from "../../../../src/io/capture/brake.ts";

test("holds as often as it was asked to, and lets go when each hold is undone", () => {
  const socket = new PassThrough() as unknown as Socket;
  const brake = new Brake(socket, () => false);
  brake.hold();
  brake.hold();
  brake.letGo();
  expect([brake.isOn, socket.isPaused()]).toEqual([true, true]);
  brake.letGo();
  expect([brake.isOn, socket.isPaused()]).toEqual([false, false]);
});

test("a socket that is read to its end is not held", () => {
  const socket = new PassThrough() as unknown as Socket;
  socket.resume();
  const brake = new Brake(socket, () => true);
  brake.hold();
  expect([brake.isOn, socket.isPaused()]).toEqual([true, false]);
});
