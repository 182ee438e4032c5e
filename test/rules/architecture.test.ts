import { describe, expect, test } from "vitest";
import { filesBelow, importsIn, resolveImport, textOf } from "../helpers/sources.ts";

const core = ["schemes", "schedules", "faults", "samples", "filter", "formats", "frames", "wire"].map(
  (name) => `core/${name}`,
);

/** What each folder of src may import from the others; within itself a folder is free. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "core/model": [],
  ...Object.fromEntries(core.map((folder) => [folder, ["core/model"]])),
  "io/files": ["core/model"],
  "io/sqlite": ["core/model", "io/files"],
  "io/capture": ["core/model"],
  "io/delivery": ["core/model"],
  "io/store": ["core/model", "core/filter", "io/files", "io/sqlite"],
  "io/tunnels": ["core/model", "core/frames"],
  "app/session": [
    "core/model",
    ...core.filter((folder) => folder !== "core/wire" && folder !== "core/formats"),
    "io/store",
    "io/capture",
    "io/delivery",
    "io/tunnels",
  ],
  "app/inspector": ["core/model", "core/filter", "core/formats", "core/wire", "io/store", "app/session"],
  "app/doctor": ["core/model", "core/schemes", "core/samples", "core/faults", "io/delivery"],
  "app/relay": ["core/model", "core/frames", "io/sqlite"],
  "app/testing": ["core/model", "core/schemes", "core/samples", "app/session"],
  ui: ["core/wire", "core/filter", "core/formats"],
  cli: ["core", "io", "app"],
};

/** Who may import a package or a built-in module. An npm package that is not listed here may not be imported at all. */
const owners: Readonly<Record<string, readonly string[]>> = {
  commander: ["cli"],
  valibot: ["cli"],
  chalk: ["cli"],
  diff: ["cli"],
  "jsonc-parser": ["cli"],
  "better-sqlite3": ["io/sqlite"],
  undici: ["io/delivery"],
  ws: ["app/inspector", "io/tunnels", "app/relay"],
  "node:http": ["io/capture", "app/inspector", "app/relay"],
  "node:https": ["io/capture", "app/inspector", "app/relay"],
  "node:child_process": ["io/tunnels", "cli", "app/doctor"],
};

/** The built-in modules that compute and touch nothing outside: all that core may use. */
const pureBuiltins = ["node:buffer", "node:crypto", "node:string_decoder", "node:url", "node:util", "node:zlib"];

describe("the import table", () => {
  test.each(filesBelow("src"))("%s imports only what its folder may", (file) => {
    expect(importsIn(file, textOf(file)).flatMap((specifier) => complaint(file, specifier))).toEqual([]);
  });
});

describe("the checker itself", () => {
  test.each([
    ["src/core/filter/parse.ts", "../model/ids.ts"],
    ["src/core/filter/parse.ts", "./tokens.ts"],
    ["src/cli/commands/listen/command.ts", "../../app/session/session.ts"],
    ["src/app/listening/pipeline.ts", "../../io/delivery/attempt.ts"],
    ["src/io/delivery/attempt.ts", "undici"],
    ["src/core/schemes/stripe.ts", "node:crypto"],
  ])("allows %s to import %s", (file, specifier) => {
    expect(complaint(file, specifier)).toEqual([]);
  });

  test.each([
    ["src/core/filter/parse.ts", "../schemes/index.ts"],
    ["src/core/model/clock.ts", "node:fs"],
    ["src/io/store/requests.ts", "../capture/server.ts"],
    ["src/io/store/requests.ts", "better-sqlite3"],
    ["src/app/listening/pipeline.ts", "../../io/sqlite/open.ts"],
    ["src/app/listening/pipeline.ts", "../../cli/exit.ts"],
    ["src/cli/main.ts", "../ui/page.ts"],
    ["src/cli/main.ts", "left-pad"],
    ["src/cli/main.ts", "./exit.js"],
    ["src/stray.ts", "./cli/main.ts"],
  ])("stops %s from importing %s", (file, specifier) => {
    expect(complaint(file, specifier)).toHaveLength(1);
  });

  test("sees static, dynamic, type and re-exporting imports", () => {
    const text = `import type { A } from "a"; import "b"; export * from "c"; export { d } from "d";
      const e = await import("e"); type F = import("f").F;`;
    expect([...importsIn("x.ts", text)].sort()).toEqual(["a", "b", "c", "d", "e", "f"]);
  });
});

function complaint(file: string, specifier: string): readonly string[] {
  const folder = folderOf(file);
  if (folder === undefined) return [`${file} lies in no folder of the table`];
  if (specifier.startsWith(".")) return localComplaint(file, folder, specifier);
  return packageComplaint(folder, specifier);
}

function localComplaint(file: string, folder: string, specifier: string): readonly string[] {
  if (!/\.(?:tsx?|json|css)$/.test(specifier)) return [`${specifier}: a local import ends in .ts`];
  const target = resolveImport(file, specifier);
  const targetFolder = folderOf(target);
  if (targetFolder === folder) return [];
  if (targetFolder !== undefined && isWithin(targetFolder, mayImport[folder] ?? [])) return [];
  return [`${folder} may not import ${target}`];
}

function packageComplaint(folder: string, specifier: string): readonly string[] {
  const name = specifier.startsWith("node:") ? specifier : specifier.replace(/^((?:@[^/]+\/)?[^/]+).*$/, "$1");
  const allowed = owners[name];
  if (allowed !== undefined) return isWithin(folder, allowed) ? [] : [`${name} belongs to ${allowed.join(", ")}`];
  if (!name.startsWith("node:")) return [`${name} has no owner in the table of packages`];
  if (folder.startsWith("core/") && !pureBuiltins.includes(name))
    return [`core does no I/O, so it may not use ${name}`];
  return [];
}

/** `core/model`, `io/store`, `cli`, ...: the row of the table that a file belongs to. */
function folderOf(file: string): string | undefined {
  return Object.keys(mayImport).find((folder) => file.startsWith(`src/${folder}/`));
}

function isWithin(folder: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => folder === entry || folder.startsWith(`${entry}/`));
}
