/**
 * 3,000 requests (or as many as the first argument says), at 200 a second, to listeners whose event loops stand still for 300 ms
 * at a time, forwarded over a new connection each to an app that is called `localhost`, on both families of addresses and on
 * each alone, and by its numbers. Outside the gate: `npm run build && node scripts/torture/held-up-sends.mjs`.
 * Promises: none is answered otherwise than by the app, because a connection has its whole 10 s on every address.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { Listener } from "../../test/helpers/listener.ts";
import { post } from "../../test/helpers/load.ts";

const EVERY_MS = 5;
const holdUp = { NODE_OPTIONS: `--import=${new URL("../../test/helpers/held-up-program.ts", import.meta.url).href}` };

/** How the app is called, and where it listens. */
const apps = [
  { name: "localhost", hosts: ["127.0.0.1", "::1"] },
  { name: "localhost", hosts: ["127.0.0.1"] },
  { name: "localhost", hosts: ["::1"] },
  { name: "127.0.0.1", hosts: ["127.0.0.1"] },
  { name: "[::1]", hosts: ["::1"] },
];

const SENDS = Math.ceil(Number(process.argv[2] ?? 3000) / apps.length);

/**
 * An app that keeps no connection.
 * @param {readonly string[]} hosts
 */
async function startApp(hosts) {
  const servers = hosts.map(() =>
    createServer((_request, response) => response.setHeader("connection", "close").end("ok")),
  );
  let port = 0;
  for (const [nth, server] of servers.entries()) {
    server.listen({ host: hosts[nth], port });
    await once(server, "listening");
    port = /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  }
  return { port, close: () => servers.forEach((server) => void server.close()) };
}

/**
 * Counts what the senders were told.
 * @param {string} url
 */
async function sendAll(url) {
  /** @type {Map<string, number>} */
  const told = new Map();
  const startedMs = performance.now();
  const sends = Array.from({ length: SENDS }, async (_none, nth) => {
    await new Promise((resolve) => setTimeout(resolve, nth * EVERY_MS));
    const reply = await post(url, `{"sent":${nth}}`).catch((error) => ({ status: 0, body: String(error) }));
    const text = reply.status === 200 ? "200" : `${reply.status} ${reply.body.slice(0, 100)}`;
    told.set(text, (told.get(text) ?? 0) + 1);
  });
  await Promise.all(sends);
  return { told, seconds: (performance.now() - startedMs) / 1000 };
}

const rows = [];
for (const { name, hosts } of apps) {
  const app = await startApp(hosts);
  const listener = await Listener.start(["--forward", `http://${name}:${app.port}`], undefined, holdUp);
  process.kill(listener.pid, "SIGUSR2");
  try {
    const { told, seconds } = await sendAll(listener.url);
    const answered = told.get("200") ?? 0;
    told.delete("200");
    for (const [text, times] of told) console.log(`${name} on ${hosts.join(" and ")}: ${times} times ${text}`);
    rows.push({
      app: name,
      on: hosts.join(" and "),
      sends: SENDS,
      failed: SENDS - answered,
      seconds: Math.round(seconds),
    });
  } finally {
    await listener.stop();
    app.close();
  }
}
console.table(rows);
process.exitCode = rows.every(({ failed }) => failed === 0) ? 0 : 1;
