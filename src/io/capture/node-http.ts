import type * as NodeHttp from "node:http";
import { createRequire } from "node:module";

/**
 * `node:http` by `require`: an `import` reads every export of it once, and one of them loads all of Node's built-in fetch,
 * which is a fifth of the time until the port is bound.
 */
export const { createServer, STATUS_CODES } = createRequire(import.meta.url)("node:http") as typeof NodeHttp;
