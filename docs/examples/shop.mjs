/**
 * A shop that takes webhooks, for the tour in the README: node docs/examples/shop.mjs
 * It has a mistake. `--fixed` starts it without.
 */
import { createServer } from "node:http";

const port = Number(process.env.PORT ?? 8000);
const isFixed = process.argv.includes("--fixed");

/** @param {{ customer: { email: string | null } }} invoice */
function greet({ customer }) {
  if (isFixed && customer.email === null) return "no mail to send";
  return `mail to ${customer.email.toLowerCase()}`;
}

const server = createServer(async (request, response) => {
  const body = (await request.toArray()).join("");
  response.sendDate = false;
  response.setHeader("content-type", "application/json");
  try {
    response.end(JSON.stringify({ done: greet(JSON.parse(body)) }));
  } catch (error) {
    response.statusCode = 500;
    response.end(JSON.stringify({ error: error.message }));
  }
});

server.listen(port, "127.0.0.1", () => console.log(`shop on http://localhost:${port}`));
