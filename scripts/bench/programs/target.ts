/** An app that takes webhooks: reads the body, answers 200 with a little JSON. Without a store it is also what `listen` is held against. */
import { createServer } from "node:http";
import { listening } from "../lib/listening.ts";

const answer = JSON.stringify({ status: "captured", id: 1 });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const isWhole = Buffer.concat(chunks).length === Number(request.headers["content-length"]);
    response.writeHead(isWhole ? 200 : 400, { "Content-Type": "application/json", "Content-Length": answer.length });
    response.end(answer);
  });
});
listening(server);
