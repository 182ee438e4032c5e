import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { binPath, type Finished, runBin, RunningBin } from "../helpers/bin.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { testAsRoot } from "../helpers/tools.ts";

/** Neither is `nobody`, which stands for root where that is out of sight. */
const MALLORY = 64_001;
const ALICE = 64_002;

describe("in a folder that others may write to, a listener", () => {
  test("leaves alone what a link in the place of one of its files leads to", async () => {
    const { shared, home, db, listen } = scene();
    const victims = join(home, "victims");
    mkdirSync(victims);
    for (const name of ["1.1-1.body", "photo.jpg"]) writeFileSync(join(victims, name), "kept");
    for (const name of readdirSync(victims)) utimesSync(join(victims, name), 1000, 1000);
    for (const [part, target] of [
      ["-ballast", join(victims, "photo.jpg")],
      ["-bodies", victims],
    ] as const) {
      symlinkSync(target, `${db}${part}`);
      const { code, err } = await listen();
      expect([code, err]).toEqual([4, expect.stringContaining(`${db}${part} is left alone: it is a symbolic link\n`)]);
      expect(readdirSync(shared)).toEqual([`hooks.db${part}`]);
      rmSync(`${db}${part}`);
    }
    for (const name of readdirSync(victims)) expect(readFileSync(join(victims, name), "utf8")).toBe("kept");
  });

  test("works, warns, and sweeps nothing but files of its own form", async () => {
    const { db, listen } = scene();
    mkdirSync(`${db}-bodies`);
    for (const name of ["a stranger's", "leftover", "1.1-1.body"]) {
      writeFileSync(join(`${db}-bodies`, name), "");
      utimesSync(join(`${db}-bodies`, name), 1000, 1000);
    }
    const { code, err } = await listen();
    expect([code, err]).toEqual([0, expect.stringContaining("warning: everyone may write to ")]);
    expect(readdirSync(`${db}-bodies`).sort()).toEqual(["a stranger's", "leftover"]);
    for (const part of ["", "-ballast"]) expect(statSync(`${db}${part}`).mode & 0o777).toBe(0o600);
    expect(statSync(`${db}-bodies`).mode & 0o777).toBe(0o700);
  });

  test("does not start where others could take its files away, and says how to change that", async () => {
    const { shared, listen } = scene();
    chmodSync(shared, 0o777);
    const { code, err } = await listen();
    expect([code, err]).toEqual([4, expect.stringContaining(`Take that away (chmod go-w ${shared})`)]);
    expect(readdirSync(shared)).toEqual([]);
    chmodSync(shared, 0o755);
    expect((await listen()).code).toBe(0);
  });

  testAsRoot("of a person is not taken in by what another one has put there", async () => {
    const { shared, home, db } = scene();
    chownSync(home, ALICE, ALICE);
    const listen = (): Promise<Finished> =>
      runBin(["listen", "--port", "0", "--for", "300ms", "--db", db], { folder: home, uid: ALICE });
    for (const part of ["", "-wal", "-shm", "-journal", "-ballast"]) {
      writeFileSync(`${db}${part}`, "planted", { mode: 0o666 });
      chmodSync(`${db}${part}`, 0o666);
      chownSync(`${db}${part}`, MALLORY, MALLORY);
      const { code, err } = await listen();
      expect([code, err]).toEqual([4, expect.stringContaining(`it belongs to another user (uid ${MALLORY})`)]);
      expect(readFileSync(`${db}${part}`, "utf8")).toBe("planted");
      rmSync(`${db}${part}`);
    }
    chownSync(shared, MALLORY, MALLORY);
    const { code, err } = await listen();
    expect([code, err]).toEqual([4, expect.stringContaining(`${shared} belongs to another user (uid ${MALLORY})`)]);
  });
});

test("whatever the umask, the default store is made, used and private", async () => {
  for (const umask of ["000", "027", "777"]) {
    const folder = temporaryFolder();
    const words = ["sh", "-c", `umask ${umask}; exec "$0" "$@"`, process.execPath, binPath, "list"];
    const { code, err } = await RunningBin.spawn(words, { folder }).ended();
    expect([umask, code, err]).toEqual([umask, 0, expect.stringMatching(/^nothing is stored in /)]);
    const data = join(folder, ".local/share/hookcli");
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, "hooks.db")).mode & 0o777).toBe(0o600);
  }
});

describe("a configuration file that somebody else may have written", () => {
  test("is not run by Tab, nor by anything that completes; neither is a secret's program", async () => {
    const { home, trap } = trapped();
    writeFileSync(join(home, "hookcli.config.json"), JSON.stringify({ secrets: { stripe: `cmd:touch ${trap}` } }));
    for (const words of [["show", ""], ["listen", "--provider", ""], ["list", "type:"], [""]])
      expect((await runBin(["complete", "--", ...words], { folder: home })).code).toBe(0);
    writeFileSync(join(home, "hookcli.config.json"), "{}");
    for (const name of ["hookcli.config.mjs", "hookcli.config.ts", "hookcli.config.js"]) {
      const { home: other, trap: fired } = trapped(name);
      for (const words of [
        ["show", ""],
        ["listen", "--provider", ""],
        ["list", "type:"],
        ["show", "--config", name, ""],
      ])
        expect((await runBin(["complete", "--", ...words], { folder: other })).code).toBe(0);
      expect(existsSync(fired)).toBe(false);
      expect((await runBin(["list"], { folder: other })).code).toBe(0);
      expect(existsSync(fired)).toBe(true);
    }
    expect(existsSync(trap)).toBe(false);
  });

  test("is not run by help, version, init or completion", async () => {
    const { home, trap } = trapped("hookcli.config.mjs");
    for (const args of [
      ["--help"],
      ["list", "--help"],
      ["--version"],
      ["help", "listen"],
      ["init"],
      ["completion", "bash"],
    ])
      expect((await runBin(args, { folder: home })).code).toBe(0);
    expect(existsSync(trap)).toBe(false);
  });

  testAsRoot("is refused with one sentence where it was found on the way up", async () => {
    for (const name of ["hookcli.config.mjs", "hookcli.config.json", "package.json"]) {
      const { above, trap } = trapped(name);
      const path = join(above, name);
      if (name === "package.json") writeFileSync(path, '{ "hookcli": { "db": "elsewhere.db" } }');
      if (name === "hookcli.config.json") writeFileSync(path, '{ "db": "elsewhere.db" }');
      chownSync(path, MALLORY, MALLORY);
      const folder = join(above, "mine");
      mkdirSync(folder);
      const bin = { folder, env: { HOME: temporaryFolder() } };
      const { code, err } = await runBin(["list"], bin);
      expect([code, err]).toEqual([
        2,
        `error: ${path}: the file belongs to another user (uid ${MALLORY})\n  If you trust it, name it: --config ${path}. To go on without configuration files: --no-config\n`,
      ]);
      expect((await runBin(["complete", "--", "show", ""], bin)).out).toBe("");
      expect((await runBin(["list", "--no-config"], bin)).code).toBe(0);
      expect([existsSync(trap), existsSync(join(above, "elsewhere.db"))]).toEqual([false, false]);
      chownSync(path, 0, 0);
      expect((await runBin(["list"], bin)).code).toBe(0);
    }
  });

  test("is refused where everyone may write to it, and read where it is named", async () => {
    const { home, trap } = trapped("hookcli.config.mjs");
    chmodSync(join(home, "hookcli.config.mjs"), 0o666);
    const { code, err } = await runBin(["list"], { folder: home });
    expect([code, err]).toEqual([2, expect.stringContaining("hookcli.config.mjs: everyone may write to the file\n")]);
    expect(existsSync(trap)).toBe(false);
    expect((await runBin(["list", "--config", "hookcli.config.mjs"], { folder: home })).code).toBe(0);
    expect(existsSync(trap)).toBe(true);
  });
});

test("what Node keeps of the compiled program lies in a folder of the user's own", async () => {
  const [folder, temporary] = [temporaryFolder(), temporaryFolder()];
  const env = { NODE_COMPILE_CACHE: "", TMPDIR: temporary };
  expect((await runBin(["--help"], { folder, env })).code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(join(folder, ".cache/hookcli"))).toHaveLength(1);
  expect(statSync(join(folder, ".cache/hookcli")).mode & 0o777).toBe(0o700);
});

test("a folder for it that others may write to is not used, and neither is one that is a link", async () => {
  const folder = temporaryFolder();
  const cache = join(folder, ".cache/hookcli");
  mkdirSync(cache, { recursive: true });
  chmodSync(cache, 0o777);
  const env = { NODE_COMPILE_CACHE: "" };
  expect((await runBin(["--help"], { folder, env })).code).toBe(0);
  expect(readdirSync(cache)).toEqual([]);
  const other = temporaryFolder();
  mkdirSync(join(other, ".cache"));
  symlinkSync(cache, join(other, ".cache/hookcli"));
  expect((await runBin(["--help"], { folder: other, env })).code).toBe(0);
  expect(readdirSync(cache)).toEqual([]);
});

interface Scene {
  /** Everyone may write there, and remove their own files only. */
  readonly shared: string;
  readonly home: string;
  readonly db: string;
  readonly listen: () => Promise<Finished>;
}

function scene(): Scene {
  const above = temporaryFolder();
  chmodSync(above, 0o755);
  const [shared, home] = [join(above, "shared"), join(above, "home")];
  for (const folder of [shared, home]) mkdirSync(folder);
  chmodSync(shared, 0o1777);
  const db = join(shared, "hooks.db");
  const listen = (): Promise<Finished> =>
    runBin(["listen", "--port", "0", "--for", "300ms", "--db", db], { folder: home });
  return { shared, home, db, listen };
}

/** A home with a configuration file that leaves a mark when it is run; `above` is the same folder. */
function trapped(name?: string): { readonly home: string; readonly above: string; readonly trap: string } {
  const home = temporaryFolder();
  const trap = join(temporaryFolder(), "fired");
  const mark = `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(trap)}, "");`;
  if (name !== undefined) writeFileSync(join(home, name), `${mark}\nexport default {};\n`);
  return { home, above: home, trap };
}
