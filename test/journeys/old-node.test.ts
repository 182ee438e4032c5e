import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bareEnvironment } from "../helpers/bin.ts";
import { root } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";

test.each(["12.22.12", "20.20.2", "22.18.0"])("under Node %s one line says what is needed", (version) => {
  const { status, stdout, stderr } = runUnder(version);
  expect({ status, stdout, stderr }).toEqual({
    status: 4,
    stdout: "",
    stderr: `hookcli needs Node.js >= 22.19, and this is v${version}: get it with "npm install -g node@24" or from https://nodejs.org\n`,
  });
});

test.each(["22.19.0", "24.0.0", "100.0.0"])("under Node %s it starts", (version) => {
  expect(runUnder(version).stdout).toMatch(/^\S*\d+\.\d+\.\d+\n$/);
});

/** Runs `hookcli --version` with a Node that says it is another one. */
function runUnder(version: string) {
  const disguise = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  const preload = `data:text/javascript,${encodeURIComponent(disguise)}`;
  return spawnSync(process.execPath, ["--import", preload, join(root, "bin/hookcli.js"), "--version"], {
    encoding: "utf8",
    env: bareEnvironment(temporaryFolder()),
  });
}
