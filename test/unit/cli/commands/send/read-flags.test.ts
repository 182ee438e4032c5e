import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isAboutSignature, readSendFlags, type SendFlags } from "../../../../../src/cli/commands/send/read-flags.ts";
import type { SettingOrigin } from "../../../../../src/cli/config/setting-origin.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { outgoingFaults } from "../../../../../src/core/faults/outgoing/index.ts";
import { editJson } from "../../../../../src/core/json/edit-json.ts";
import { targetUrl } from "../../../../../src/core/model/target.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 14);

async function read(
  raw: RawFlags = {},
  types: readonly string[] = ["order.completed"],
  origin: SettingOrigin = { kind: "flag" },
): Promise<SendFlags> {
  const { at, folder } = await recordedSurroundings({ input: "typed" });
  writeFileSync(join(folder, "event.json"), "{}");
  return readSendFlags(at, types, new Flags(raw, () => origin, { command: "hookcli send" }));
}

const usage = (problem: string) => ({
  code: "USAGE",
  message: expect.stringContaining(problem) as unknown,
  hint: "hookcli send --help shows how it is used.",
});

const badValue = (told: string, example = "") => ({
  code: "BAD_VALUE",
  message: expect.stringContaining(told) as unknown,
  hint: expect.stringContaining(example) as unknown,
});

test("an event of no provider goes out once, to whoever listens, signed where a secret is known", async () => {
  const { scheme, timeAt, ...others } = await read();
  expect(scheme.name).toBe("generic");
  expect(timeAt(7)).toBe(7);
  expect(others).toEqual({
    types: ["order.completed"],
    targets: undefined,
    path: "/",
    publicUrl: undefined,
    signing: "where-known",
    edits: [],
    eventId: undefined,
    isTimeGiven: false,
    apiVersion: undefined,
    isThin: false,
    faults: [],
    rounds: 1,
    copies: 1,
    ratePerSecond: undefined,
    concurrency: 1,
    seed: undefined,
    forward: {
      timeoutMs: 30_000,
      headerEdits: [],
      insecure: false,
      ca: undefined,
      preserveHost: false,
      concurrency: Infinity,
    },
    isForced: false,
    isDryRun: false,
    isJson: false,
    isQuiet: false,
    body: undefined,
  });
});

test("each flag says what it says", async () => {
  const asked = await read({
    provider: "stripe",
    to: ["8000"],
    path: "/webhooks?a=%20",
    publicUrl: "https://shop.test/hooks",
    set: ["a=1"],
    id: "evt_1",
    apiVersion: "2026-01-01",
    thin: true,
    duplicate: "2",
    shuffle: true,
    seed: "7",
    header: ["X-Env: dev"],
    force: true,
    dryRun: true,
    json: true,
    quiet: true,
    data: "-",
  });
  expect(asked).toMatchObject({
    scheme: { name: "stripe" },
    path: "/webhooks?a=%20",
    publicUrl: { origin: "https://shop.test", path: "/hooks" },
    eventId: "evt_1",
    apiVersion: "2026-01-01",
    isThin: true,
    copies: 3,
    seed: 7,
    forward: { headerEdits: [{ name: "X-Env", value: "dev" }] },
    isForced: true,
    isDryRun: true,
    isJson: true,
    isQuiet: true,
  });
  expect(asked.targets?.map(targetUrl)).toEqual(["http://localhost:8000"]);
  expect(editJson("{}", asked.edits).text).toBe('{"a":"1"}');
  expect(String(asked.body)).toBe("typed");
});

test.each<[RawFlags, SendFlags["signing"]]>([
  [{}, "where-known"],
  [{ secret: true }, "required"],
  [{ secret: "whsec_1" }, "required"],
  [{ unsigned: true }, "never"],
])("%j is signed: %s", async (raw, signing) => {
  expect((await read(raw)).signing).toBe(signing);
});

describe("the type", () => {
  test("has to be named", async () => {
    await expect(read({}, [])).rejects.toMatchObject(usage("name an event type: order.completed, or with --provider"));
  });

  test.each(["order.completed", "orders/create", "customer:created", "push", "pull_request"])(
    "may have been taken by --secret: %s",
    async (secret) => {
      await expect(read({ secret }, [])).rejects.toMatchObject(
        usage(`no event type is left: --secret has taken the word behind it as its value. Write the type first`),
      );
    },
  );

  test.each(["whsec_MfKQ9r8GKYqrTwjU", "s3cret", "env:MY_SECRET", "file:key", "cmd:pass", "secret"])(
    "is not taken for a secret that looks like one: %s",
    async (secret) => {
      await expect(read({ secret }, [])).rejects.toMatchObject(usage("name an event type"));
    },
  );

  test("may be anything that a header can hold", async () => {
    await expect(read({}, ["x".repeat(200), "Käse bestellt"])).resolves.toBeDefined();
    for (const type of ["", "  ", "a\nb", "a\u007f", "x".repeat(201)])
      await expect(read({}, [type])).rejects.toMatchObject(badValue("an event type cannot be ", "order.completed"));
  });
});

describe("faults", () => {
  const names = async (raw: RawFlags) => (await read(raw)).faults.map(({ name }) => name);

  test("are each once, in the order in which they work; --tamper is one of them", async () => {
    expect(await names({ fault: ["truncated, stale", "stale"], tamper: true })).toEqual(
      outgoingFaults.map(({ name }) => name).filter((name) => ["truncated", "stale", "tampered"].includes(name)),
    );
    expect(await names({})).toEqual([]);
  });

  test("may double what is sent; more copies are more", async () => {
    expect((await read({ fault: ["duplicated"] })).copies).toBe(2);
    expect((await read({ fault: ["duplicated"], duplicate: "4" })).copies).toBe(5);
  });

  test.each([
    ["stael", '--fault cannot be "stael": did you mean stale?', "--fault stale"],
    ["weather", '--fault cannot be "weather": it is not one of ', "--fault truncated"],
  ])("are not %s", async (fault, told, example) => {
    await expect(read({ fault: [fault] })).rejects.toMatchObject(badValue(told, example));
  });

  test.each<[RawFlags, string]>([
    [{ tamper: true }, "--tamper is about what is signed, and with --unsigned nothing is"],
    [{ fault: ["stale"] }, "--fault stale is about what is signed, and with --unsigned nothing is"],
  ])("%j mean nothing where nothing is signed", async (raw, problem) => {
    await expect(read({ ...raw, unsigned: true })).rejects.toMatchObject(usage(problem));
    await expect(read({ fault: ["truncated"], unsigned: true })).resolves.toBeDefined();
  });

  test("are about the signature where they change the time or what was signed", () => {
    expect(
      outgoingFaults
        .filter(isAboutSignature)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["future", "stale", "tampered"]);
  });
});

describe("a whole body leaves nothing to form", () => {
  test("where that was asked for in this call", async () => {
    const raw = { data: "{}", envelope: "plain" };
    await expect(read(raw)).rejects.toMatchObject(usage("--data is the whole body, so --envelope has nothing to form"));
    const byFile = await read(raw, ["a.b"], { kind: "file", key: "send.envelope", place: "" });
    expect(String(byFile.body)).toBe("{}");
  });
});

describe("a path", () => {
  test.each(["hooks", "", "/a b", "/käse", "/a#b"])("is not %j", async (path) => {
    await expect(read({ path })).rejects.toMatchObject(
      badValue(`--path cannot be ${JSON.stringify(path)}`, "/webhooks"),
    );
  });
});

describe("an id", () => {
  test.each(["", "a b", "é", "x".repeat(201)])("is not %j", async (id) => {
    await expect(read({ id })).rejects.toMatchObject(badValue(`--id cannot be ${JSON.stringify(id)}`, "--id evt_1"));
  });

  test("is that of one event, however often it is sent", async () => {
    expect((await read({ id: "evt_1", duplicate: "9" })).eventId).toBe("evt_1");
    await expect(read({ id: "evt_1", count: "3" }, ["a.b", "a.c"])).rejects.toMatchObject(
      usage("--id names one event, and these are 6; --duplicate sends the same one again"),
    );
  });
});

describe("a rate", () => {
  test.each([
    ["50/s", 50],
    ["50", 50],
    ["30/m", 0.5],
    ["36/h", 0.01],
    [" 2.5/s ", 2.5],
    ["100000", 100_000],
  ])("%j is %d a second, with a hundred under way", async (rate, ratePerSecond) => {
    expect(await read({ rate })).toMatchObject({ ratePerSecond, concurrency: 100 });
    expect(await read({ rate, concurrency: "3" })).toMatchObject({ concurrency: 3 });
  });

  test.each(["0", "-1", "50/d", "fast", "100001", "50 /s", ""])("is not %j", async (rate) => {
    await expect(read({ rate })).rejects.toMatchObject(badValue(`--rate cannot be ${JSON.stringify(rate)}`, "50/s"));
  });
});

describe("a time", () => {
  test.each([
    ["-10m", NOW_MS - 600_000],
    ["+1h", NOW_MS + 3_600_000],
    ["-400d", NOW_MS - 400 * 86_400_000],
    ["2026-11-22T14:00:00Z", NOW_MS],
    [" 2026-11-22 ", Date.UTC(2026, 10, 22)],
    ["1795356000", 1_795_356_000_000],
  ])("%j", async (timestamp, atMs) => {
    const { timeAt, isTimeGiven } = await read({ timestamp });
    expect([timeAt(NOW_MS), isTimeGiven]).toEqual([atMs, true]);
  });

  test.each(["yesterday", "10m", "22.11.2026", "2026-13-40", "+", "-soon", ""])("is not %j", async (timestamp) => {
    await expect(read({ timestamp })).rejects.toMatchObject(badValue("--timestamp cannot be "));
  });
});

test.each<[RawFlags, string]>([
  [{ count: "0" }, '--count cannot be "0": it must be a whole number from 1'],
  [{ duplicate: "-1" }, '--duplicate cannot be "-1": it must be a whole number from 0'],
  [{ concurrency: "0" }, '--concurrency cannot be "0"'],
  [{ provider: "strpe" }, '--provider cannot be "strpe": there is no provider of this name'],
  [{ publicUrl: "ftp://x" }, '--public-url cannot be "ftp://x"'],
  [{ seed: "x", shuffle: true }, '--seed cannot be "x"'],
])("%j cannot be used, and it is said why", async (raw, told) => {
  await expect(read(raw)).rejects.toMatchObject(badValue(told, "Write it like this: "));
});

test("more than ten million sends are too many at once, copies and types counted", async () => {
  await expect(read({ count: "5000000" }, ["a.b", "a.c"])).resolves.toBeDefined();
  await expect(read({ count: "2500000", duplicate: "1" }, ["a.b", "a.c", "a.d"])).rejects.toMatchObject(
    usage("15000000 are too many to be sent at once: the limit is 10000000"),
  );
});

test("a body may come from a file, and one that is not there is told", async () => {
  expect(String((await read({ data: "@event.json" })).body)).toBe("{}");
  await expect(read({ data: "@missing.json" })).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
});
