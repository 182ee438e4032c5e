/**
 * Bundles src/ into dist/ as split ES modules, so that each command loads only what it needs.
 * npm packages stay outside: they are ordinary dependencies, and their security fixes reach users without a new release.
 */
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
/** What starts by its name: the program, and the thread that searches. */
const input = { main: "src/cli/main.ts", "search-worker": "src/io/store/search-worker.ts" };

/** Writes dist/ and then removes what an earlier build left there, so that a running hookcli never finds it empty. */
async function buildDist() {
  for (const entry of Object.values(input)) {
    if (!existsSync(`${root}/${entry}`)) throw new Error(`cannot build: ${entry} does not exist`);
  }
  const { version, dependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  const { output } = await build({
    cwd: root,
    input,
    platform: "node",
    external: [/^node:/, ...Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`))],
    transform: { target: "node22.19", define: { __VERSION__: JSON.stringify(version) } },
    output: {
      dir: "dist",
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "[name]-[hash].js",
      minify: false,
      sourcemap: false,
    },
    logLevel: "warn",
  });
  const written = new Set(output.map((file) => file.fileName));
  for (const name of readdirSync(`${root}/dist`)) {
    if (!written.has(name)) rmSync(`${root}/dist/${name}`, { recursive: true });
  }
}

await buildDist().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
