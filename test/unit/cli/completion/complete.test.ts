import { describe, expect, test } from "vitest";
import {
  type Candidate,
  complete,
  type Completion,
  type LiveCandidates,
} from "../../../../src/cli/completion/complete.ts";
import { commands } from "../../../../src/cli/commands/index.ts";
import { smallTree } from "../../../helpers/small-tree.ts";

const nothing: LiveCandidates = { requests: async () => [], filterTerms: async () => [], providers: async () => [] };
const common = ["--db", "--config", "--no-config", "--json", "--color"];

/** The last word is being typed. */
const offered = async (line: string): Promise<readonly string[] | "files"> => {
  const completion = await complete(line.split(" "), smallTree, nothing);
  return completion === "files" ? completion : completion.map(({ value }) => value);
};

test.each([
  ["", ["shelf", "notes", "marks", "around", "help", "--help", "--version"]],
  ["s", ["shelf"]],
  ["shelf ", ["add", "take-out", "--help"]],
  ["shelf t", ["take-out"]],
  ["shelf add --s", ["--size"]],
  ["shelf new --wood ", ["oak", "ash"]],
  ["shelf add --wood=a", ["--wood=ash"]],
  ["shelf take-out ", "files"],
  ["shelf nothing ", []],
  ["notes ", ["burn", "--limit", "--short", ...common, "--help"]],
  ["notes burn --li", ["--limit"]],
  ["notes burn --sh", []],
  ["marks ", ["clear"]],
  ["marks red ", []],
  ["marks clear --j", ["--json"]],
])("each list of commands is offered like the first: %j offers %j", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});

test.each([
  ["--json sh", ["shelf"]],
  ["--db x shelf a", ["add"]],
  ["--db ", "files"],
  ["shelf --config ", "files"],
  ["shelf --color=n", ["--color=never"]],
  ["--json shelf take-out --j", []],
  ["notes --limit 3 b", ["burn"]],
  ["--nothing ", []],
  ["shelf -- ", []],
  ["marks -- ", "files"],
])("flags that stand before a name are known: %j offers %j", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});

test.each([
  ["help ", ["shelf", "notes", "marks", "around"]],
  ["help shelf ", ["add", "take-out"]],
  ["help shelf add ", []],
  ["help nothing ", []],
])("so are they behind help: %j offers %j", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});

test("a flag that contradicts one of the same subcommand is not offered", async () => {
  expect(await offered("shelf add left --size 1 --l")).toEqual([]);
  expect(await offered("shelf add left --l")).toEqual(["--like"]);
});

const named = (...values: readonly string[]): readonly Candidate[] => values.map((value) => ({ value, says: "" }));

/** Completes a line behind `hookcli`; `asked` is what the store and the filter were asked for. */
async function tab(line: string): Promise<{ readonly offered: Completion; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const live: LiveCandidates = {
    async requests(typed) {
      asked.push(`requests ${typed}`);
      return named("12", "1", "latest", "latest:order.paid");
    },
    async filterTerms(typed) {
      asked.push(`terms ${typed}`);
      return named("is:ok", "is:failed", "type:order.paid");
    },
    async providers() {
      asked.push("providers");
      return named("stripe", "shopify", "our-shop");
    },
  };
  return { offered: await complete(line.split(" "), commands, live), asked };
}

async function words(line: string): Promise<readonly string[]> {
  const { offered } = await tab(line);
  return offered === "files" ? [":files"] : offered.map(({ value }) => value);
}

describe("the first word", () => {
  test("is a command, with what it does, or help", async () => {
    const { offered } = await tab("");
    expect(offered).toEqual([
      ...commands.map(({ name, summary }) => ({ value: name, says: summary })),
      { value: "help", says: "Show help for a command" },
      { value: "--help", says: "show help" },
      { value: "--version", says: "print it" },
    ]);
    expect(await complete([], commands, { requests: never, filterTerms: never, providers: never })).toEqual(offered);
  });

  test.each([
    ["li", ["list", "listen"]],
    ["--v", ["--version"]],
    ["nothing", []],
    ["ls", []],
    ["help r", ["replay", "retries", "rm"]],
    ["help list ", []],
    ["nothing ", []],
  ])("%j offers %j", async (line, offered) => {
    expect((await words(line)).toSorted()).toEqual(offered);
  });
});

describe("an argument", () => {
  test.each([
    ["show ", ["12", "1", "latest", "latest:order.paid"]],
    ["show 1", ["12", "1"]],
    ["show latest:", ["latest:order.paid"]],
    ["replay 1 2 lat", ["latest", "latest:order.paid"]],
    ["diff 1", ["12", "1"]],
    ["diff 1 12", ["12"]],
    ["list is:", ["is:ok", "is:failed"]],
    ["list is:ok ty", ["type:order.paid"]],
    ["providers s", ["stripe", "shopify"]],
    ["completion z", ["zsh"]],
    ["import ", [":files"]],
    // What was the value of a flag is none.
    ["show --db x.db 1", ["12", "1"]],
    ["replay --to 8000 lat", ["latest", "latest:order.paid"]],
  ])("of %j is one of %j", async (line, offered) => {
    expect(await words(line)).toEqual(offered);
  });

  test("that a command does not take is none: flags are offered", async () => {
    expect(await words("show 1 2")).toEqual([]);
    expect(await words("show 1 ")).toContain("--json");
    expect(await words("listen ")).toContain("--forward");
  });

  test("is looked for in the store only where a request is wanted", async () => {
    expect((await tab("show 1")).asked).toEqual(["requests 1"]);
    expect((await tab("list is:")).asked).toEqual(["terms is:"]);
    expect((await tab("providers s")).asked).toEqual(["providers"]);
    for (const line of ["", "sh", "show --j", "listen --on-error ", "nothing 1", "import x"])
      expect([line, (await tab(line)).asked]).toEqual([line, []]);
  });
});

describe("a flag", () => {
  test("is offered by its long name, with what it says", async () => {
    const { offered } = await tab("listen --forw");
    expect(offered).toEqual([
      { value: "--forward", says: expect.stringMatching(/^post requests to your app/) as unknown },
    ]);
    expect(await words("show 1 --h")).toEqual(["--headers", "--help"]);
  });

  test.each([
    ["given once is not offered again", "list --json --j", "--json", false],
    ["given by its short name neither", "listen -q --q", "--quiet", false],
    ["that may be repeated is", "listen --forward 8000 --f", "--forward", true],
    ["that contradicts one that was given is not", "replay 1 --as-captured --b", "--body", false],
    ["is, where nothing contradicts it", "replay 1 --b", "--body", true],
  ])("%s", async (_, line, flag, isOffered) => {
    expect((await words(line)).includes(flag)).toBe(isOffered);
  });

  test.each([
    ["listen --on-error ", ["502", "ack"]],
    ["listen --on-error a", ["ack"]],
    ["list --color ", ["always", "never", "auto"]],
    ["listen --provider our", ["our-shop"]],
    ["list --db ", [":files"]],
    ["list --config ", [":files"]],
    ["list --limit ", []],
    ["replay 1 --body ", [":files"]],
    // These paths lead into a body, and to a handler.
    ["replay 1 --set ", []],
    ["send push --path ", []],
  ])("and its value: %j offers %j", async (line, offered) => {
    expect(await words(line)).toEqual(offered);
  });

  test.each([
    ["listen --on-error=a", ["--on-error=ack"]],
    ["listen --provider=s", ["--provider=stripe", "--provider=shopify"]],
    ["list --db=", [":files"]],
    ["list --nothing=a", []],
  ])("and its value behind an equals sign: %j offers %j", async (line, offered) => {
    expect(await words(line)).toEqual(offered);
  });

  test("that may stand without a value takes none from the next word", async () => {
    expect(await words("replay --secret lat")).toEqual(["latest", "latest:order.paid"]);
  });
});

test("behind -- stand files", async () => {
  expect(await words("listen --port 0 -- ")).toEqual([":files"]);
  expect(await words("listen -- npm te")).toEqual([":files"]);
});

function never(): never {
  throw new Error("nobody asked for it");
}
