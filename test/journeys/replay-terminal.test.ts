import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect } from "vitest";
import { binPath, type Finished, RunningBin } from "../helpers/bin.ts";
import { type SeededStore, seededStore, targetFor } from "../helpers/seeded-store.ts";
import { testWithTool } from "../helpers/tools.ts";

const CLEAR_LINE = "\r\u001b[K";

describe("on a terminal", () => {
  testWithTool("script", "more than twenty that nobody counted are asked about, and y sends them", async () => {
    const target = await targetFor();
    const store = await seededStore([{}, {}, {}]);
    const { code, out } = await onTerminal(store, `replay 1..3 --times 7 --to ${target.origin}`, "y\n");
    expect([code, target.seen.length]).toEqual([0, 21]);
    expect(out).toContain("Send 21 requests? [y/N]");
    expect(out).toContain("21 sent: 21 delivered, 0 failed");
  });

  for (const answer of ["n\n", "\n", "yes please\n"]) {
    testWithTool("script", `${JSON.stringify(answer)} sends nothing`, async () => {
      const target = await targetFor();
      const store = await seededStore([{}, {}, {}]);
      const { code, out } = await onTerminal(store, `replay 1..3 --times 7 --to ${target.origin}`, answer);
      expect([code, target.seen]).toEqual([0, []]);
      expect(out).toContain("nothing was sent");
    });
  }

  testWithTool("script", "a bar says how far it has come, and is gone at the end", async () => {
    const target = await targetFor();
    const store = await seededStore(Array.from({ length: 4 }, () => ({})));
    const flags = `--to ${target.origin} --interval 250ms`;
    const { out } = await onTerminal(store, `replay 1..4 ${flags}`);
    const bars = [...out.matchAll(/[█░]{24} (\d) of 4 {2}0 failed([^]{4})/g)];
    const done = bars.map(([, count]) => Number(count));
    // On a busy machine two may end within a tenth of a second: then the second one is not drawn.
    expect(done).toEqual([...new Set(done)].toSorted((a, b) => a - b));
    expect([done[0], done.length >= 2]).toEqual([1, true]);
    expect(bars.map(([, , behind]) => behind)).toEqual(Array(bars.length).fill(CLEAR_LINE));
    for (const quiet of ["--json", "--quiet"]) {
      expect((await onTerminal(store, `replay 1..4 ${flags} ${quiet}`)).out).not.toMatch(/[█░\r](?!\n)/);
    }
  });

  testWithTool("script", "a broken edit is offered again, with what was written in it", async () => {
    const target = await targetFor();
    const store = await seededStore([{}]);
    const editor = join(store.folder, "editor.sh");
    // Breaks it at first, and mends what it finds the second time.
    writeFileSync(
      editor,
      `#!/bin/sh\nif [ -e again ]; then sed -i -e 's|^broken|PUT|' -e 's|hi|ho|' "$1"; else touch again; sed -i 's|^POST /hooks|broken|' "$1"; fi\n`,
    );
    chmodSync(editor, 0o755);
    const { code, out } = await onTerminal(store, `replay 1 --edit --to ${target.origin}`, "\n", { EDITOR: editor });
    expect(out).toContain('line 1: "broken HTTP/1.1" is not a request line');
    expect(out).toContain("Edit it again? [Y/n]");
    // "PUT HTTP/1.1" is still none; nobody answers any more, and that is a no.
    expect([code, target.seen]).toEqual([2, []]);
    writeFileSync(
      editor,
      `#!/bin/sh\nif grep -q ^broken "$1"; then sed -i 's|^broken|PUT /x|' "$1"; else sed -i 's|^POST /hooks|broken|' "$1"; fi\n`,
    );
    const mended = await onTerminal(store, `replay 1 --edit --to ${target.origin}`, "\n", { EDITOR: editor });
    expect([mended.code, target.seen[0]?.method, target.seen[0]?.path]).toEqual([0, "PUT", "/x"]);
  });
});

/** Runs a command on the store in a terminal of its own, with this typed into it. */
async function onTerminal(
  { folder, path }: SeededStore,
  command: string,
  input = "",
  env: NodeJS.ProcessEnv = {},
): Promise<Finished> {
  const line = `"$NODE" "$BIN" ${command} --db "$DB" --color never`;
  const terminal = RunningBin.spawn(["script", "-qfec", line, "/dev/null"], {
    folder,
    input,
    env: { NODE: process.execPath, BIN: binPath, DB: path, ...env },
  });
  return terminal.ended();
}
