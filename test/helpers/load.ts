import { Agent, request } from "node:http";

/** What a sender got. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Posts over a connection that is kept. Rejects where the connection broke before the whole reply was there. */
export function post(url: string, body: string | Uint8Array, agent?: Agent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", ...(agent ? { agent } : {}) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("aborted", () => reject(new Error("the reply was cut")));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The id in the reply to a captured request. */
export function idIn(reply: Reply): number {
  return (JSON.parse(reply.body) as { readonly id: number }).id;
}

/** Runs `turn` again and again in so many places at once, until `signal` aborts and the turns that are under way have ended. */
export async function inParallel(
  count: number,
  signal: AbortSignal,
  turn: (agent: Agent, client: number) => Promise<void>,
): Promise<void> {
  const clients = Array.from({ length: count }, async (_, client) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      while (!signal.aborted) await turn(agent, client);
    } finally {
      agent.destroy();
    }
  });
  await Promise.all(clients);
}
