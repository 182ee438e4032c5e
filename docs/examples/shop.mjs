/**
 * A shop that takes webhooks, for the tour in the README: node docs/examples/shop.mjs
 * It has a mistake. `--fixed` starts it without.
 */
import { createServer } from "node:http";

const port = Number(process.env.PORT ?? 8000);
const isFixed = process.argv.includes("--fixed");

/** @param {any} invoice */
function handle({ customer }) {
  if (isFixed && customer.email === null) return "no mail to send";
  return `mail to ${customer.email.toLowerCase()}`;
}

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (text) => (body += text));
  request.on("end", () => {
    response.setHeader("content-type", "application/json");
    try {
      response.end(`${JSON.stringify({ done: handle(JSON.parse(body)) })}\n`);
    } catch (error) {
      response.statusCode = 500;
      response.end(`${JSON.stringify({ error: String(error) })}\n`);
    }
  });
});

server.listen(port, "127.0.0.1", () => console.log(`shop on http://localhost:${port}`));
