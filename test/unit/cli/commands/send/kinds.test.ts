import { describe, expect, test } from "vitest";
import { findKinds } from "../../../../../src/cli/commands/send/kinds.ts";
import { readSendFlags } from "../../../../../src/cli/commands/send/read-flags.ts";
import type { ConfigFile } from "../../../../../src/cli/config/read-config.ts";
import { readSchemes } from "../../../../../src/cli/config/read-schemes.ts";
import type { SettingOrigin } from "../../../../../src/cli/config/setting-origin.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { Flags } from "../../../../../src/cli/settings/flags.ts";
import { buildEvent } from "../../../../../src/core/samples/build-event.ts";
import { samples } from "../../../../../src/core/samples/index.ts";
import { SAMPLE_TIME_MS } from "../../../../helpers/samples.ts";
import { root } from "../../../../helpers/sources.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const signature = { headers: { "X-Shop": "{sig}" } };
const own = readSchemes(
  {
    plain: { signature },
    typed: { signature, eventType: "b:event_type" },
    flat: { signature, eventType: "b:event" },
    stripe: { signature },
  },
  { path: "x.json", content: undefined, placeOf: () => "x.json" },
);

function fileWith(schemes: ConfigFile["schemes"]): ConfigFile {
  return { path: "x.json", settings: new Map(), routes: undefined, schemes, secrets: [], isOwn: false };
}

interface Wanted {
  readonly origin?: SettingOrigin;
  /** Where the project is. */
  readonly directory?: string;
  readonly hasOwn?: boolean;
}

async function find(types: readonly string[], raw: RawFlags = {}, wanted: Wanted = {}) {
  const { origin = { kind: "flag" }, directory, hasOwn = false } = wanted;
  const recorded = await recordedSurroundings();
  const at = directory === undefined ? recorded.at : { ...recorded.at, directory };
  const files = [fileWith(hasOwn ? own : own.filter(({ name }) => name !== "stripe"))];
  const flags = new Flags(raw, () => origin, { command: "hookcli send", files });
  const said: string[] = [];
  const found = await findKinds(at, flags, await readSendFlags(at, types, flags), (note) => said.push(note));
  /** The first event, as it would be written. */
  const event = (): Readonly<Record<string, unknown>> => {
    const [kind] = found.kinds;
    if (!kind) throw new Error("there is no kind");
    const asked = { eventId: undefined, apiVersion: undefined, isThin: false };
    const times = { atMs: SAMPLE_TIME_MS, bornMs: SAMPLE_TIME_MS };
    const { text } = buildEvent({ ...asked, ...times, ...kind, samples: found.samples, seed: "seed", index: 0 });
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };
  return { ...found, said, event };
}

const usage = (problem: string) => ({ code: "USAGE", message: problem });

describe("a type of a provider", () => {
  test("is made from its sample, under its own name", async () => {
    const { kinds, samples: found, said } = await find(["INVOICE.paid", "customer.created"], { provider: "stripe" });
    const stripe = samples.find(({ provider }) => provider === "stripe");
    expect(found).toBe(stripe);
    expect(kinds.map(({ type, isBorrowed }) => [type, isBorrowed])).toEqual([
      ["invoice.paid", false],
      ["customer.created", false],
    ]);
    expect(kinds[0]?.build).toBe(stripe?.types.find(({ type }) => type === "invoice.paid")?.build);
    expect(said).toEqual([]);
  });

  test("that is nearly one is told", async () => {
    await expect(find(["invoice.payd"], { provider: "stripe" })).rejects.toMatchObject({
      code: "SAMPLE_NOT_FOUND",
      details: {
        type: "invoice.payd",
        provider: "Stripe",
        advice: "Did you mean invoice.paid? --force sends it anyway, --data gives it a body",
      },
    });
  });

  test("that is none is told with some that are", async () => {
    await expect(find(["weather.changed"], { provider: "stripe" })).rejects.toMatchObject({
      code: "SAMPLE_NOT_FOUND",
      details: {
        advice: expect.stringMatching(
          /^There are .+, .+; hookcli providers stripe lists .* --force sends it/,
        ) as unknown,
      },
    });
  });

  test("of one that has no samples needs a body", async () => {
    await expect(find(["x.y"], { provider: "contentful" })).rejects.toMatchObject({
      code: "SAMPLE_NOT_FOUND",
      details: { advice: "Give the body with --data @event.json" },
    });
  });

  test("that has no sample may be sent all the same, as the one that is most like it", async () => {
    const { kinds, said } = await find(["invoice.weather"], { provider: "stripe", force: true });
    expect(kinds).toMatchObject([{ type: "invoice.weather", isBorrowed: true }]);
    expect(said).toEqual([
      expect.stringMatching(/^Stripe has no sample invoice\.weather: the object is that of invoice\./),
    ]);
  });

  test("that has no sample needs none where the body is given, and nothing is said", async () => {
    const { kinds, said } = await find(["x.y"], { provider: "contentful", data: "{}" });
    expect([kinds, said]).toEqual([[{ type: "x.y", build: expect.any(Function) as unknown, isBorrowed: true }], []]);
    expect((await find(["weather.changed"], { provider: "stripe", data: "{}" })).said).toEqual([]);
  });
});

describe("a type of GitHub", () => {
  test("may be an example of its own package, where the project has it", async () => {
    const { kinds } = await find(["deployment_status.created"], { provider: "github" }, { directory: root });
    expect(kinds).toMatchObject([{ type: "deployment_status.created", isBorrowed: false }]);
    await expect(find(["deployment_status.created"], { provider: "github" })).rejects.toMatchObject({
      code: "SAMPLE_NOT_FOUND",
    });
  });

  test("is not looked for there for anybody else", async () => {
    await expect(find(["deployment.created"], { provider: "stripe" }, { directory: root })).rejects.toMatchObject({
      code: "SAMPLE_NOT_FOUND",
    });
  });
});

describe("a type of no provider", () => {
  test("may be any, and advice about its name is given", async () => {
    const { kinds, said, event } = await find(["order.completed", "Order Complete"]);
    expect(kinds.map(({ type, isBorrowed }) => [type, isBorrowed])).toEqual([
      ["order.completed", false],
      ["Order Complete", false],
    ]);
    expect(said).toEqual([expect.stringMatching(/^"Order Complete" is not named resource\.action/)]);
    expect(event()).toMatchObject({ type: "order.completed", data: { object: "order" } });
  });

  test("has the form that --envelope names", async () => {
    const { event } = await find(["order.completed"], { envelope: "event-data" });
    expect(event()).toMatchObject({ event: "order.completed", data: { order: {} } });
    await expect(find(["a.b"], { envelope: "weather" })).rejects.toMatchObject({
      code: "BAD_VALUE",
      message: expect.stringMatching(
        /^--envelope cannot be "weather": it is not one of plain, event-data, /,
      ) as unknown,
    });
  });
});

describe("a type of a person's own scheme", () => {
  test.each([
    ["plain", { type: "order.completed" }],
    ["typed", { event_type: "order.completed" }],
    ["flat", { event: "order.completed", order: expect.any(Object) as unknown }],
  ])("has the form in which %s finds it, and its type is written where the scheme says", async (provider, fields) => {
    const { kinds, event } = await find(["order.completed"], { provider });
    expect(kinds).toMatchObject([{ isBorrowed: true }]);
    expect(event()).toMatchObject(fields);
  });

  test("that bears a provider's name has that provider's samples, and its form", async () => {
    const { kinds } = await find(["invoice.paid"], { provider: "stripe" }, { hasOwn: true });
    expect(kinds).toMatchObject([{ type: "invoice.paid", isBorrowed: false }]);
  });
});

describe("what the provider's events do not have is refused:", () => {
  test("a form of another", async () => {
    const raw = { provider: "stripe", envelope: "plain" };
    await expect(find(["invoice.paid"], raw)).rejects.toMatchObject(
      usage("--envelope forms the events of no provider, and Stripe has a form of its own"),
    );
    // A file speaks for every call.
    const byFile = await find(["invoice.paid"], raw, { origin: { kind: "file", key: "send.envelope", place: "" } });
    expect(byFile.samples.provider).toBe("stripe");
  });

  test("thin events", async () => {
    await expect(find(["push"], { provider: "github", thin: true })).rejects.toMatchObject(
      usage("GitHub has no thin events in hookcli"),
    );
    const thin = samples.find(({ snapshot }) => snapshot !== undefined);
    const type = thin?.types[0]?.type ?? "";
    await expect(find([type], { provider: thin?.provider ?? "", thin: true })).resolves.toBeDefined();
  });

  test("a version", async () => {
    await expect(find(["push"], { provider: "github", apiVersion: "1" })).rejects.toMatchObject(
      usage("events of GitHub name no version, so --api-version has no place"),
    );
    await expect(find(["invoice.paid"], { provider: "stripe", apiVersion: "1" })).resolves.toBeDefined();
    await expect(find(["invoice.paid"], { provider: "stripe", apiVersion: "1", data: "{}" })).rejects.toMatchObject(
      usage("--data is the whole body, so --api-version has no place; --set api_version=… sets one"),
    );
    await expect(find(["orders/create"], { provider: "shopify", apiVersion: "1", data: "{}" })).resolves.toBeDefined();
  });
});
