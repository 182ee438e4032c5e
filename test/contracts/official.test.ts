import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/cli/run.ts";
import { bytesBody } from "../../src/core/model/body.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { headerFields } from "../../src/core/model/headers.ts";
import type { CapturedRequest } from "../../src/core/model/request.ts";
import { samples } from "../../src/core/samples/index.ts";
import { findScheme } from "../../src/core/schemes/known-schemes.ts";
import { judge } from "../../src/core/schemes/judge.ts";
import { MessageView } from "../../src/core/schemes/message-view.ts";
import { Store } from "../../src/io/store/store.ts";
import { officialObstacle } from "../helpers/official.ts";
import { capturedRequest, textBody } from "../helpers/samples.ts";
import { targetFor } from "../helpers/seeded-store.ts";
import { recordedSurroundings } from "../helpers/surroundings.ts";
import type { SeenRequest, TargetServer } from "../helpers/target-server.ts";
import { describeUnless } from "../helpers/tools.ts";
import type { OfficialPackage, Received } from "./official/entry.ts";
import { messages } from "./official/messages.ts";
import { money } from "./official/money.ts";
import { standardWebhooks } from "./official/standard-webhooks.ts";
import { work } from "./official/work.ts";

const packages = [...money, ...standardWebhooks, ...messages, ...work];

describeUnless(officialObstacle(), "the providers' own packages", () => {
  test("are at least fifteen", () => {
    expect(new Set(packages.map(({ name }) => name)).size).toBeGreaterThanOrEqual(15);
  });

  describe.each(packages.map((one) => [`${one.name} for ${one.provider} ${one.type}`, one] as const))(
    "%s",
    (_, one) => {
      const known = one.send
        ? []
        : (samples.find(({ provider }) => provider === one.provider)?.types ?? []).map(({ type }) => type);

      test("accepts what send sends, and refuses what send has tampered with", async () => {
        const target = await targetFor();
        await send(one, target);
        await send(one, target, "--tamper");
        const [sent, tampered] = target.seen.map((seen) => received(seen, target));
        expect(await accepts(one, sent)).toBe(true);
        expect(await accepts(one, tampered)).toBe(false);
      });

      if (known.length > 0) {
        test("accepts every type that hookcli has a sample of", async () => {
          const target = await targetFor();
          await inside(["send", ...known, ...flagsOf(one, target)]);
          const refused: string[] = [];
          for (const [index, seen] of target.seen.entries())
            if (!(await accepts(one, received(seen, target)))) refused.push(known[index] ?? "");
          expect([target.seen.length, refused]).toEqual([known.length, []]);
        });
      }

      test("accepts what replay has signed anew, unedited and edited", async () => {
        const target = await targetFor();
        await send(one, target, "--timestamp", "-1h");
        const [old] = target.seen;
        expect(await accepts(one, received(old, target))).toBe(!one.refusesOld);
        const replay = await replayIn(old, target, one);
        expect(await replay()).toMatchObject({ resigned: one.isTimed });
        const edit = one.edit ?? ["--set", "hookcli_test=1"];
        expect(await replay(...edit)).toMatchObject({ resigned: true, request: { parentId: 1 } });
        const [, again, edited] = target.seen.map((seen) => received(seen, target));
        expect([await accepts(one, again), await accepts(one, edited)]).toEqual([true, true]);
        expect(edited?.text).not.toBe(again?.text);
      });

      if (one.sign) {
        test("signs what is judged verified here", async () => {
          const [nowMs, url] = [Date.now(), "https://shop.example/hooks?a=1"];
          const signed = await one.sign?.(SIGNED_BODY, nowMs, url);
          const headers = Object.entries(signed?.headers ?? {}).flat();
          const message = { method: "POST", target: "/hooks?a=1", headers, body: textBody(signed?.body ?? "") };
          expect(await verdictOn(one, message, url, nowMs)).toBe("verified");
          const other = { ...message, body: textBody((signed?.body ?? "").replace("1130", "1131")) };
          expect(await verdictOn(one, other, url, nowMs)).toBe("mismatch");
        });
      }
    },
  );
});

/** What Adyen wants to find in it, and others do not look at. */
const SIGNED_BODY = JSON.stringify({
  id: "evt_1",
  notificationItems: [
    {
      NotificationRequestItem: {
        pspReference: "7914073381342284",
        merchantAccountCode: "Shop",
        merchantReference: "né",
        amount: { value: 1130, currency: "EUR" },
        eventCode: "AUTHORISATION",
        success: "true",
      },
    },
  ],
});

async function send(one: OfficialPackage, target: TargetServer, ...more: readonly string[]): Promise<void> {
  await inside(["send", one.type, ...flagsOf(one, target), ...more]);
}

function flagsOf(
  { provider, secret, path = "/hooks", send: args = [] }: OfficialPackage,
  { origin }: TargetServer,
): readonly string[] {
  return ["--provider", provider, "--secret", secret, "--to", origin + path, ...args];
}

/** A store that holds a request as it came, and `replay` of it. */
async function replayIn(
  seen: SeenRequest | undefined,
  target: TargetServer,
  { secret, provider }: OfficialPackage,
): Promise<(...args: readonly string[]) => Promise<object>> {
  const { folder } = await recordedSurroundings();
  const path = join(folder, "hooks.db");
  const store = new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 5000 });
  await store.insertRequest(stored(seen), { event: {} });
  store.close();
  const flags = ["--to", target.origin, "--db", path, "--secret", secret, "--provider", provider, "--json"];
  return async (...args) => {
    const out = await inside(["replay", "1", ...flags, ...args]);
    return JSON.parse(out) as object;
  };
}

function stored(seen: SeenRequest | undefined): CapturedRequest {
  if (!seen) throw new Error("nothing was sent");
  const { method, path, headers, body } = seen;
  const receivedAtMs = Date.now() - 3_600_000;
  return capturedRequest({ method, target: path, headers, body: bytesBody(body), receivedAtMs });
}

/** What a command that ends well printed. */
async function inside(args: readonly string[]): Promise<string> {
  const { at, out, err } = await recordedSurroundings();
  const code = await run(args, at, "0.0.0-test");
  if (code !== 0) throw new Error(`hookcli ${args.join(" ")} ended with ${code}: ${await out()}${await err()}`);
  return out();
}

function received(seen: SeenRequest | undefined, { origin }: TargetServer): Received {
  if (!seen) throw new Error("nothing was sent");
  const { method, path, headers, body } = seen;
  const fields = [...headerFields(headers)].map(([name, value]) => [name.toLowerCase(), value] as const);
  return { method, url: origin + path, headers: Object.fromEntries(fields), body, text: body.toString() };
}

async function accepts(one: OfficialPackage, request: Received | undefined): Promise<boolean> {
  if (!request) throw new Error("nothing was sent");
  try {
    return (await one.verify(request)) !== false;
  } catch {
    return false;
  }
}

async function verdictOn(
  { provider, secret }: OfficialPackage,
  message: Parameters<typeof judge>[0]["message"],
  url: string,
  atMs: number,
): Promise<string> {
  const scheme = findScheme(provider);
  if (!scheme) throw new Error(`no such scheme: ${provider}`);
  const secrets = [{ name: "the package's", text: secret }];
  const context = { secrets, isExpected: true, urls: [url], atMs };
  return (await judge(new MessageView(message), scheme, context)).verdict.kind;
}
