import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { post, RunningBin } from "../helpers/bin.ts";
import { nodeFolder, nodePlatforms, pathWith } from "../helpers/node-versions.ts";
import { root, textOf } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";
import { describeOnPlatform } from "../helpers/tools.ts";

/** The newest of each line that engines allows. */
const nodeVersions = ["22.23.2", "24.21.0", "26.10.0"];
const SLOWLY_MS = 120_000;
const BODY = '{"type":"order.completed","amount":1299}';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const run = promisify(execFile);
const { version } = JSON.parse(textOf("package.json")) as { readonly version: string };

let folder: string;
let packed: Packed;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hookcli-test-"));
  // Without scripts: the build has run, and building again would pull dist/ away from under the other tests.
  const packing = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await run("npm", packing, { cwd: root });
  const [first] = JSON.parse(stdout) as readonly Packed[];
  if (first === undefined) throw new Error(`npm pack said ${stdout}`);
  packed = first;
}, SLOWLY_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package", () => {
  test("holds the bin, dist, README, licence and manifest, and nothing else", () => {
    const outsideDist = packed.files.map(({ path }) => path).filter((path) => !/^dist\/[^/]+$/.test(path));
    expect(outsideDist.toSorted()).toEqual(["LICENSE", "README.md", "bin/hookcli.js", "package.json"]);
  });

  // A test would be called `*.test.js`, a map `*.js.map`: both have a dot too many.
  test("holds plain JavaScript in dist: no source maps, no tests, no TypeScript", () => {
    const inDist = packed.files.map(({ path }) => path).filter((path) => path.startsWith("dist/"));
    expect(inDist).toEqual(expect.arrayContaining(["dist/main.js", "dist/fold-worker.js", "dist/search-worker.js"]));
    expect(inDist.filter((path) => !/^dist\/[\w-]+\.js$/.test(path))).toEqual([]);
  });

  test("has a bin that can be run", () => {
    const mode = packed.files.find(({ path }) => path === "bin/hookcli.js")?.mode ?? 0;
    expect(mode & 0o111).toBe(0o111);
  });
});

describeOnPlatform(nodePlatforms, "npm install -g", () => {
  let programs: readonly string[];
  beforeAll(async () => {
    programs = await Promise.all(nodeVersions.map(nodeFolder));
  }, SLOWLY_MS);

  test.each(nodeVersions.map((nodeVersion, at) => ({ nodeVersion, at })))(
    "under Node $nodeVersion captures, lists, searches, shows and replays",
    async ({ nodeVersion, at }) => {
      const path = pathWith(programs[at] ?? "");
      const prefix = join(folder, nodeVersion);
      const quietly = ["--no-audit", "--no-fund", "--prefer-offline"];
      const archive = `./${packed.filename}`;
      const env = { ...process.env, PATH: path };
      await run("npm", ["install", "--global", "--prefix", prefix, ...quietly, archive], { cwd: folder, env });
      await useIt(path, join(prefix, "bin", "hookcli"), nodeVersion);
    },
    SLOWLY_MS,
  );
});

/** What the README's first minute does, with the installed command. */
async function useIt(path: string, command: string, nodeVersion: string): Promise<void> {
  const home = temporaryFolder();
  const start = (...line: readonly string[]) => RunningBin.spawn(line, { folder: home, env: { PATH: path } });
  const hookcli = async (...args: readonly string[]) => {
    const { code, out, err } = await start(command, ...args).ended();
    return { code, out, err };
  };
  expect((await start("node", "--version").ended()).out).toBe(`v${nodeVersion}\n`);
  expect(await hookcli("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });

  const app = await TargetServer.answering();
  try {
    const listener = start(command, "listen", "--port", "0", "--forward", app.origin);
    const [, url = ""] = await listener.prints(/Capture {4}(http\S+)[^]*Waiting for requests/);
    expect(await (await post(`${url}/hooks`, BODY)).text()).toBe("ok");
    expect(await hookcli("list")).toMatchObject({ code: 0, out: expect.stringContaining("/hooks") as string, err: "" });
    expect(await hookcli("search", "1299")).toMatchObject({
      code: 0,
      out: expect.stringContaining("/hooks") as string,
      err: "",
    });
    expect(await hookcli("show", "latest", "--raw")).toEqual({ code: 0, out: BODY, err: "" });
    expect(await hookcli("replay", "latest")).toMatchObject({ code: 0, err: "" });
    expect(app.seen.map(({ body }) => body.toString())).toEqual([BODY, BODY]);
    listener.signal("SIGINT");
    expect(await listener.ended()).toMatchObject({ code: 0, err: "" });
  } finally {
    await app.close();
  }
}
