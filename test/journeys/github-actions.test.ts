import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { binPath, jsonLinesOf, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { textOf } from "../helpers/sources.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { OK, TargetServer } from "../helpers/target-server.ts";
import { testWithTool } from "../helpers/tools.ts";

const workflow = textOf("docs/examples/github-actions.yml");
const steps = testedSteps(workflow);
const FAILED = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

describe("docs/examples/github-actions.yml", () => {
  test("every step with a script of several lines is tested", () => {
    expect(steps.map(({ name }) => name)).toHaveLength(4);
    expect(workflow.match(/^ +run: \|$/gm)).toHaveLength(steps.length);
  });

  testWithTool("curl", "with an app that accepts, every step succeeds, and the store to upload is there", async () => {
    const { folder, app, run } = await checkout(OK);
    for (const step of steps) {
      const { code, out, err } = await run(step.script);
      expect([step.name, code, code === 0 ? "" : out + err]).toEqual([step.name, 0, ""]);
    }
    expect(app.seen.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual(
      Array(3).fill("/webhooks"),
    );
    const db = join(folder, "webhooks/hooks.db");
    expect(jsonLinesOf((await runHere(["list", "--json", "--db", db])).out)).toHaveLength(3);
    expect(jsonLinesOf(readFileSync(join(folder, "webhooks/listen.ndjson"), "utf8")).at(-1)).toMatchObject({
      kind: "summary",
    });
  });

  testWithTool("curl", "with an app that refuses, the steps that assert something fail", async () => {
    const { run } = await checkout(FAILED);
    const codes: (number | null)[] = [];
    // The one that waits for two accepted events would do so for its whole 10 s.
    for (const { script } of steps) codes.push((await run(script.replaceAll("--timeout 10s", "--timeout 1ms"))).code);
    expect(codes.map((code) => code === 0)).toEqual([true, false, false, false]);
  });
});

/** A job's folder, with an app, and an `npx` that knows nothing but the built bin. */
async function checkout(answer: string) {
  const app = await TargetServer.answering(answer);
  onTestFinished(async () => app.close());
  const folder = temporaryFolder();
  mkdirSync(join(folder, "bin"));
  const npx = `#!/bin/sh\n[ "$1" = hookcli ] || exit 99\nshift\nexec "${process.execPath}" "${binPath}" "$@"\n`;
  writeFileSync(join(folder, "bin/npx"), npx, { mode: 0o755 });
  const env = {
    PATH: `${folder}/bin:${process.env["PATH"] ?? ""}`,
    APP: `127.0.0.1:${app.port}`,
    HOOKCLI_DB: join(folder, "webhooks/hooks.db"),
  };
  const run = async (script: string) => RunningBin.spawn(["sh", "-e", "-c", script], { folder, env }).ended();
  return { folder, app, run };
}

interface Step {
  readonly name: string;
  readonly script: string;
}

/** The steps below `# tested`, each with the lines of its `run`. */
function testedSteps(text: string): readonly Step[] {
  return [...text.matchAll(/^ *# tested\n *- name: (.*)\n( *)run: \|\n((?:\2 .*\n|\n)+)/gm)].map(
    ([, name = "", , block = ""]) => ({ name, script: block.replaceAll(/^ {10}/gm, "") }),
  );
}
