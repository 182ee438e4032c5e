import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { editByHand } from "../../../../../src/cli/commands/replay/edit-by-hand.ts";
import type { RawRequest } from "../../../../../src/core/model/raw-request.ts";
import { recordedSurroundings, type SurroundingsWanted } from "../../../../helpers/surroundings.ts";

const THERE = { isErrTty: true, isInTty: true };

const request = (body: string | Uint8Array): RawRequest => ({
  method: "POST",
  target: "/hooks",
  headers: ["X-Env", "dev"],
  body: Buffer.from(body),
});

/** Edits with a shell script for an editor, whose only word is the file; it runs in a folder of its own, `$HERE`. */
async function edited(script: string, body: string | Uint8Array, wanted: SurroundingsWanted = {}) {
  const { at, err, folder } = await recordedSurroundings(wanted);
  const path = join(folder, "editor.sh");
  writeFileSync(path, `HERE=${folder}\n${script}`);
  const env = { ...at.env, EDITOR: `sh ${path}` };
  const result = editByHand({ ...at, env }, 7, request(body)).then((raw) => raw && { ...raw, body: String(raw.body) });
  return { result, err, folder };
}

describe("what the person has made of it is sent", () => {
  test.each([
    ["another body", "printf two >> $1", "one", { body: "onetwo" }],
    ["another method and target", 's="PUT /x HTTP/1.1"; sed -i "1s|.*|$s|" $1', "one", { method: "PUT", target: "/x" }],
    ["another header", 'sed -i "s/dev/test/" $1', "one", { headers: ["X-Env", "test"] }],
    ["a line end that was there is kept", 'sed -i "s/one/two/" $1', "one\n", { body: "two\n" }],
    ["a line end that an editor adds is not", 'sed -i "s/one/two/" $1; echo >> $1', "one", { body: "two" }],
    ["one line end of several", 'printf "\\n\\n" >> $1', "one", { body: "one\n" }],
  ])("%s", async (_, script, body, changed) => {
    const { result } = await edited(script, body);
    expect(await result).toEqual({ method: "POST", target: "/hooks", headers: ["X-Env", "dev"], body, ...changed });
  });
});

test.each([
  ["is left as it is", ":", "one"],
  ["gets a line end at its end", "echo >> $1", "one"],
  ["had one already", ":", "one\n"],
  ["is empty", ":", ""],
])("nothing was changed where the file %s", async (_, script, body) => {
  const { result } = await edited(script, body);
  expect(await result).toBeUndefined();
});

test("the file is named after the request", async () => {
  const { result } = await edited('case $1 in */request-7.http) printf x >> "$1";; esac', "one");
  expect((await result)?.body).toBe("onex");
});

describe("an edit that cannot be sent", () => {
  const breaks = 'sed -i "1s/.*/nonsense/" $1';
  /** Breaks it the first time, and mends what it finds the second time. */
  const mends = `if [ -e $HERE/once ]; then sed -i "1s|nonsense|GET /mended|" $1; else : > $HERE/once; ${breaks}; fi`;

  test("is an error where nobody can be asked", async () => {
    for (const wanted of [{}, { isErrTty: true }, { isInTty: true }]) {
      const { result, err } = await edited(mends, "one", wanted);
      await expect(result).rejects.toMatchObject({ code: "BAD_EDIT", details: { line: 1 } });
      expect(await err()).toBe("");
    }
  });

  test.each(["y", ""])("is offered again with what was typed, to whoever says %j", async (answer) => {
    const { result, err } = await edited(mends, "one", { ...THERE, input: `${answer}\n` });
    expect(await result).toMatchObject({ method: "GET", target: "/mended", body: "one" });
    expect(await err()).toBe(
      'error: the edited request cannot be sent: line 1: "nonsense" is not a request line such as POST /hooks HTTP/1.1\nEdit it again? [Y/n]\n',
    );
  });

  test("is an error for whoever says no", async () => {
    const { result } = await edited(mends, "one", { ...THERE, input: "n\n" });
    await expect(result).rejects.toMatchObject({ code: "BAD_EDIT" });
  });
});

test("an editor that failed is an error, and not asked about", async () => {
  const { result, err } = await edited("exit 3", "one", { ...THERE, input: "y\n" });
  await expect(result).rejects.toMatchObject({ code: "COMMAND_NOT_STARTED" });
  expect(await err()).toBe("");
});

test("bytes that are no text are never opened", async () => {
  const { result, folder } = await edited(": > $HERE/opened", Uint8Array.of(0xff, 0));
  await expect(result).rejects.toMatchObject({ code: "BODY_NOT_EDITABLE" });
  expect(existsSync(join(folder, "opened"))).toBe(false);
});
