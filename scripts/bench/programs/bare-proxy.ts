/**
 * The least that a forwarding proxy of node:http and undici does, written to be quick: raw headers both ways, bodies
 * buffered, nothing stored, nothing printed. `node bare-proxy.ts http://127.0.0.1:8000`
 */
import { type ServerResponse, createServer } from "node:http";
import { type Dispatcher, Pool } from "undici";
import { listening } from "../lib/listening.ts";

const connectionHeaders = new Set(["connection", "keep-alive", "transfer-encoding", "host"]);

const origin = process.argv[2] ?? "";
const pool = new Pool(origin, { allowH2: false, headersTimeout: 0, bodyTimeout: 0 });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { method = "GET", url: path = "/" } = request;
    const headers = forwardable(request.rawHeaders);
    pool.dispatch({ method, path, headers, body: Buffer.concat(chunks) }, passBack(response));
  });
});
listening(server);

function passBack(response: ServerResponse): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 502;
  let headers: string[] = [];
  return {
    onRequestStart: () => undefined,
    onResponseStart: (controller, statusCode) => {
      const raw = (controller.rawHeaders ?? []) as readonly Buffer[];
      status = statusCode;
      headers = forwardable(raw.map((part) => part.toString("latin1")));
    },
    onResponseData: (_controller, chunk) => void chunks.push(chunk),
    onResponseEnd: () => void response.writeHead(status, headers).end(Buffer.concat(chunks)),
    onResponseError: () => void response.writeHead(502).end(),
  };
}

/** Name, value, name, value …, without those that belong to one connection. */
function forwardable(pairs: readonly string[]): string[] {
  return pairs.filter((_, at) => !connectionHeaders.has((pairs[at - (at % 2)] ?? "").toLowerCase()));
}
