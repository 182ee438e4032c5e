import { once } from "node:events";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import { Worker } from "node:worker_threads";

/** A server whose process is busy: its queue of connections is full, and it takes none until it is let go. */
export interface FullBacklog {
  readonly port: number;
  /** From now on it takes connections, and answers each request with 200. */
  readonly letGo: () => void;
}

/** Linux keeps one more than was asked for. */
const FILLS_IT = 2;

const program = `
const { workerData, parentPort } = require("node:worker_threads");
const net = require("node:net");
const { hosts, flag } = workerData;
const answer = "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok";
const listen = (host, port) => new Promise((resolve) => {
  const server = net.createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => socket.write(answer));
  });
  server.listen({ host, port, backlog: 1 }, () => resolve(server.address().port));
});
(async () => {
  let port = 0;
  for (const host of hosts) port = await listen(host, port);
  parentPort.postMessage(port);
  parentPort.once("message", () => Atomics.wait(new Int32Array(flag), 0, 0));
})();
`;

/** Listens on each of the hosts, at one port, in a thread that is stuck. Ended when the test ends. */
export async function fullBacklog(...hosts: readonly string[]): Promise<FullBacklog> {
  const flag = new SharedArrayBuffer(4);
  const worker = new Worker(program, { eval: true, workerData: { hosts, flag } });
  const [port] = (await once(worker, "message")) as [number];
  worker.postMessage("get stuck");
  const fillers = hosts.flatMap((host) => Array.from({ length: FILLS_IT }, () => connect({ host, port })));
  for (const filler of fillers) filler.on("error", () => undefined);
  const letGo = (): void => {
    Atomics.store(new Int32Array(flag), 0, 1);
    Atomics.notify(new Int32Array(flag), 0);
  };
  onTestFinished(async () => {
    letGo();
    for (const filler of fillers) filler.destroy();
    await worker.terminate();
  });
  await Promise.all(fillers.map((filler) => once(filler, "connect")));
  return { port, letGo };
}
