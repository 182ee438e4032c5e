import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { eventOrClose } from "../../../../src/io/capture/event-or-close.ts";

test.each(["the event", "the end of the socket"])("%s ends the wait, and nobody listens after it", async (which) => {
  const socket = new Socket();
  const response = new ServerResponse(new IncomingMessage(socket));
  const before = [response.listenerCount("drain"), socket.listenerCount("close")];
  const waiting = eventOrClose(response, "drain", socket);
  if (which === "the event") response.emit("drain");
  else socket.destroy();
  await waiting;
  expect([response.listenerCount("drain"), socket.listenerCount("close")]).toEqual(before);
});
