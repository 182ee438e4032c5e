import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { jsonReply, type Reply } from "../../../../src/core/model/reply.ts";
import { giveAnswer } from "../../../../src/io/capture/answer.ts";
import { Connection } from "../../../../src/io/capture/connection.ts";
import { RawClient } from "../../../helpers/raw-client.ts";
import { SteppedClock } from "../../../helpers/stepped-clock.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

describe("a request gets its reply", () => {
  test("and its connection stays, but for the last one and at the end of the server", async () => {
    expect(await headersOf(jsonReply(200, {}), { isLast: false, isEnding: false })).not.toContain("close");
    expect(await headersOf(jsonReply(200, {}), { isLast: true, isEnding: false })).toContain("close");
    expect(await headersOf(jsonReply(200, {}), { isLast: false, isEnding: true })).toContain("close");
  });

  test("and where HTTP does not allow that the sender sees a cut connection", async () => {
    const { client } = await answering({ ...jsonReply(200, {}), headers: ["a b", "c"] });
    await client.write(GET);
    expect(await client.ended()).toHaveLength(0);
  });

  test("or none by a fault, which makes room for others where the port is full", async () => {
    const { client, connections } = await answering({ ...jsonReply(200, {}), manner: { kind: "never" } });
    await client.write(GET);
    await expect.poll(() => connections[0]?.isNeverAnswered).toBe(true);
    expect(connections[0]?.isLast).toBe(true);
  });
});

async function headersOf(reply: Reply, how: { readonly isLast: boolean; readonly isEnding: boolean }) {
  const { client } = await answering(reply, how);
  await client.write(GET);
  return (await client.replies(1))[0]?.headers;
}

async function answering(reply: Reply, { isLast = false, isEnding = false } = {}) {
  const connections: Connection[] = [];
  const ending = new AbortController();
  if (isEnding) ending.abort();
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const connection = new Connection(request.socket, new SteppedClock(), () => undefined);
    connections.push(connection);
    connection.requestBegan(request, response, () => undefined);
    connection.requestEnded(request);
    void giveAnswer(
      request,
      response,
      { connection, reply, isLast },
      { clock: new SteppedClock(), ending: ending.signal },
    );
  };
  const server = createServer(serve).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = await RawClient.connect((server.address() as AddressInfo).port);
  onTestFinished(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return { client, connections };
}
