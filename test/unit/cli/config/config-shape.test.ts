import { expect, test } from "vitest";
import { commands } from "../../../../src/cli/commands/index.ts";
import { configKeys, otherKeys, routeKeys, valueText } from "../../../../src/cli/config/config-shape.ts";
import type { FileValue, Flag } from "../../../../src/cli/flags/flag.ts";

const flag = (flags: string, inFile?: FileValue): Flag => ({ flags, description: "", ...(inFile ? { inFile } : {}) });

test("a file may hold what has a kind of value there: first the settings of all commands, then command by command", () => {
  const maxBody = flag("--max-body <size>", "scalar");
  const keys = configKeys([
    { name: "listen", flags: [flag("-q, --quiet"), maxBody, flag("-f, --forward <target>", "list")] },
    { name: "wait", flags: [flag("--no-bell", "switch")] },
  ]);
  expect(keys.map(({ key, path, holds }) => [key, path, holds])).toEqual([
    ["db", ["db"], "path"],
    ["listen.maxBody", ["listen", "maxBody"], "scalar"],
    ["listen.forward", ["listen", "forward"], "list"],
    ["wait.bell", ["wait", "bell"], "switch"],
  ]);
  expect(keys[1]?.flag).toBe(maxBody);
});

test("no two settings share a key, and none is called like what stands beside the commands", () => {
  const keys = configKeys(commands).map(({ key }) => key);
  expect(keys).toEqual([...new Set(keys)]);
  expect(otherKeys.filter((name) => keys.some((key) => key.split(".")[0] === name))).toEqual([]);
});

test("a route says which requests it takes, and where to", () => {
  expect(Object.keys(routeKeys)).toEqual(["path", "type", "method", "to"]);
});

test.each<[FileValue, string]>([
  ["switch", "true or false"],
  ["text", "text"],
  ["path", "text, a path"],
  ["number", "a number"],
  ["scalar", "text or a number"],
  ["option", "true, false or a number"],
  ["list", "text or a number, or a list of these"],
])("of a %s it is said that it must be %s", (holds, words) => {
  expect(valueText(holds)).toBe(words);
});
