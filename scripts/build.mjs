/**
 * Bundles src/ into dist/ as split ES modules, so that each command loads only what it needs.
 * npm packages stay outside, all but one: they are ordinary dependencies, and their security fixes reach users without a
 * new release. Does nothing where dist/ is what it would make.
 */
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";
import { isUpToDate, keepRecord } from "./build-record.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
/** What starts by its name: the program, and its threads. */
const input = {
  main: "src/cli/main.ts",
  "fold-worker": "src/io/sqlite/fold-worker.ts",
  "search-worker": "src/io/store/search/search-worker.ts",
};

/**
 * Chunks that several commands share; the first that fits a module takes it, with all that it imports. By itself rolldown
 * makes a chunk for each set of commands that share something: a listener loaded thirty of them, at 0.4 ms each.
 */
const sharedChunks = [
  {
    // Nearly every command loads it, so what it holds may import no package, and of Node's own parts only fs and path.
    name: "common",
    minShareCount: 2,
    test: isBelow([
      "core/model/",
      "core/json/",
      "core/filter/",
      "app/delivering/deliveries.ts",
      "app/delivering/forwarder.ts",
      "app/session/processes.ts",
      "cli/flag-groups/read-forward.ts",
      "cli/flag-groups/read-retention.ts",
      "cli/words/fault-words.ts",
      "cli/words/request-words.ts",
      "core/wire/request-json.ts",
      "cli/words/units.ts",
      "cli/running/store-path.ts",
    ]),
  },
  // A listener loads it after its port is up.
  { name: "schemes", minShareCount: 2, test: isBelow(["core/schemes/"]) },
  { name: "start", test: isBelow(["cli/process.ts"]) },
  { name: "store", test: isBelow(["io/store/store.ts"]) },
];

/**
 * Bundled all the same: it reads nothing but the command line of its own user, and as a package it takes a tenth of a
 * listener's start, since it imports node:process and node:util (see below).
 */
const BUNDLED_PACKAGE = "commander";

/**
 * An `import` of a module of Node's reads all that it exports, getters too: the standard streams by way of node:process,
 * worker threads by way of node:util, fetch by way of node:http. This takes what is named, and no more.
 * @type {import("rolldown").Plugin}
 */
const plainBuiltins = {
  name: "plain-builtins",
  renderChunk: (code) =>
    code.replaceAll(
      /^import (?:([\w$]+))?(?:, )?(\{[^}]*\})? from "(node:[^"]+)";$/gm,
      (_, /** @type {string | undefined} */ whole, /** @type {string | undefined} */ named, from) =>
        [whole, named?.replaceAll(" as ", ": ")]
          .filter((taken) => taken !== undefined)
          .map((taken) => `const ${taken} = globalThis.process.getBuiltinModule("${from}");`)
          .join(" "),
    ),
};

/**
 * Whether a module is one of these files, or in one of these folders, of src/.
 * @param {readonly string[]} paths
 * @returns {(id: string) => boolean}
 */
function isBelow(paths) {
  return (id) => paths.some((path) => id.replaceAll("\\", "/").startsWith(`${root.replaceAll("\\", "/")}src/${path}`));
}

/**
 * The command that a module is the action of; of a subcommand both names: `endpoints-add`.
 * @param {string | null} id
 */
function commandOf(id) {
  const [, folder] = /[\\/]commands[\\/]([a-z-]+(?:[\\/][a-z-]+)?)[\\/]action\.ts$/.exec(id ?? "") ?? [];
  return folder?.replace(/[\\/]/, "-");
}

/** What a build depends on beside the modules that go into it; the lock file tells which bundler is installed. */
const ALSO_READ = [
  "scripts/build.mjs",
  "scripts/build-record.mjs",
  "package.json",
  "tsconfig.json",
  "node_modules/.package-lock.json",
];

/** Writes dist/ and then removes what an earlier build left there, so that a running hookcli never finds it empty. */
async function buildDist() {
  const startedMs = Date.now();
  for (const entry of Object.values(input)) {
    if (!existsSync(`${root}/${entry}`)) throw new Error(`cannot build: ${entry} does not exist`);
  }
  const { version, dependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
  const packages = Object.keys(dependencies).filter((name) => name !== BUNDLED_PACKAGE);
  const { output } = await build({
    cwd: root,
    input,
    platform: "node",
    external: [/^node:/, ...packages.map((name) => new RegExp(`^${name}(/|$)`))],
    transform: { target: "node22.19", define: { __VERSION__: JSON.stringify(version) } },
    plugins: [plainBuiltins],
    output: {
      dir: "dist",
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: ({ name, facadeModuleId }) => `${commandOf(facadeModuleId) ?? name}-[hash].js`,
      codeSplitting: { groups: sharedChunks },
      minify: false,
      sourcemap: false,
    },
    logLevel: "warn",
  });
  const written = new Set(output.map((file) => file.fileName));
  for (const name of readdirSync(`${root}/dist`)) {
    if (!written.has(name)) rmSync(`${root}/dist/${name}`, { recursive: true });
  }
  const modules = output.flatMap((file) => ("moduleIds" in file ? file.moduleIds : [])).filter(existsSync);
  keepRecord(root, {
    startedMs,
    read: [...ALSO_READ, ...new Set(modules.map((id) => relative(root, id)))],
    written: [...written].map((name) => `dist/${name}`),
  });
}

if (!isUpToDate(root))
  await buildDist().catch((/** @type {unknown} */ error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
