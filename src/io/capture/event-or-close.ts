import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Resolves with an event of a response, or when its socket is gone: a response behind another one is not told of that. */
export async function eventOrClose(response: ServerResponse, event: string, socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    const goOn = (): void => {
      response.off(event, goOn);
      socket.off("close", goOn);
      resolve();
    };
    response.on(event, goOn);
    socket.on("close", goOn);
  });
}
