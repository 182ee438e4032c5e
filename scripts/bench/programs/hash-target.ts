/** An app that takes large uploads: answers each with the SHA-256 of the body that came. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { listening } from "../lib/listening.ts";

const server = createServer((request, response) => {
  const hash = createHash("sha256");
  request.on("data", (chunk: Buffer) => hash.update(chunk));
  request.on("end", () => {
    const sha256 = hash.digest("hex");
    process.send?.({ sha256 });
    response.end(sha256);
  });
});
server.requestTimeout = 0;
listening(server);
