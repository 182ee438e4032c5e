import { createHmac, timingSafeEqual } from "node:crypto";
import { describe, expect, test } from "vitest";
import { headerFields, headerValue } from "../../src/core/model/headers.ts";
import { jsonLinesOf } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { runHere } from "../helpers/run-here.ts";
import { targetFor } from "../helpers/seeded-store.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import type { Answer, SeenRequest, TargetServer } from "../helpers/target-server.ts";

const SECRET = "whsec_of_the_shop";
const TOLERANCE_S = 300;
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const REFUSED = "HTTP/1.1 400 Bad Request\r\nContent-Length: 13\r\n\r\nbad signature";

/** A handler as Stripe's guide has it: it looks at the signature and at its age. */
const handler: Answer = (socket, request) => void socket.write(isAcceptable(request) ? OK : REFUSED);

function isAcceptable({ headers, body }: SeenRequest): boolean {
  const [, time = "", given = ""] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headerValue(headers, "stripe-signature") ?? "") ?? [];
  const expected = createHmac("sha256", SECRET).update(`${time}.`).update(body).digest();
  const isFresh = Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE_S;
  return given !== "" && timingSafeEqual(Buffer.from(given, "hex"), expected) && isFresh;
}

describe("a request whose signature has grown old", () => {
  test("is signed anew where the secret is known, with all else as it came, and a handler accepts it", async () => {
    const { replay, app } = await scene(["--timestamp", "-20m"]);
    const { code, out, err } = await replay("1", "--secret", SECRET);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^#1 {2}POST \/ {2}→ \S+ {2}200 in \S+ ms {2}fixed {2}re-signed\n$/);
    const [first, again] = app.seen;
    expect(again?.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
    const others = (seen: SeenRequest | undefined): unknown =>
      [...headerFields(seen?.headers ?? [])].filter(([name]) => name !== "Stripe-Signature");
    expect(others(again)).toEqual(others(first));
  });

  test("finds the secret in the environment, and says in JSON that it was signed anew", async () => {
    const { replay } = await scene(["--timestamp", "-20m"], { HOOKCLI_SECRET_STRIPE: SECRET });
    const { code, out } = await replay("1", "--json");
    expect(code).toBe(0);
    expect(jsonLinesOf(out)).toMatchObject([{ kind: "delivery", resigned: true, trend: "fixed" }]);
  });

  test("as captured is sent byte for byte, with a warning, and refused", async () => {
    const { replay, app } = await scene(["--timestamp", "-20m"], { HOOKCLI_SECRET: SECRET });
    const { code, out, err } = await replay("1", "--as-captured");
    expect([code, app.seen[1]?.headers]).toEqual([1, app.seen[0]?.headers]);
    expect(out).not.toContain("re-signed");
    expect(err).toMatch(
      /^note: #1: its signature is 20 min( \d+ s)? old, and handlers for Stripe take 5 min, so expect/,
    );
  });

  test("without a secret goes out as it is, and the way to have it signed is said", async () => {
    const { replay } = await scene(["--timestamp", "-20m"]);
    const { code, err } = await replay("1");
    expect([code, err]).toEqual([1, expect.stringMatching(/no secret is known for it; hookcli replay 1 --secret /)]);
  });

  test("is signed anew each time that it is sent", async () => {
    const { replay, app } = await scene(["--timestamp", "-20m"]);
    const { out } = await replay("1", "--secret", SECRET, "--times", "2", "--interval", "1100ms");
    expect(out).toMatch(/2 sent: 2 delivered/);
    const signatures = app.seen.map(({ headers }) => headerValue(headers, "stripe-signature"));
    expect(new Set(signatures).size).toBe(3);
  });
});

describe("a forged request", () => {
  test.each([
    ["unedited", []],
    ["edited", ["--set", "data.object.status=void"]],
  ])("stays forged: %s", async (_, edit) => {
    const { replay } = await scene(["--tamper"]);
    const { code, out, err } = await replay("1", "--secret", SECRET, ...edit);
    expect([code, out]).toEqual([1, expect.not.stringContaining("re-signed")]);
    expect(err).toMatch(/^note: #1: it keeps its signature, which does not hold under any secret that is known/);
  });
});

describe("an edited request", () => {
  test("is signed for what it is now, and accepted; what is stored of the first stays", async () => {
    const { replay, look, app } = await scene([]);
    const { code, out } = await replay("1", "--secret", SECRET, "--set", "data.object.status=void");
    expect([code, out]).toEqual([0, expect.stringMatching(/re-signed {2}\(edited from #1\)\n$/)]);
    expect(app.seen[1]?.body.toString()).toContain('"status":"void"');
    expect((await look("show", "1", "--raw")).out).toBe(app.seen[0]?.body.toString());
    expect((await look("show", "2", "--raw")).out).toBe(app.seen[1]?.body.toString());
  });

  test("keeps its signature where no secret is known, and that is said", async () => {
    const { replay } = await scene([]);
    const { code, err } = await replay("1", "--set", "data.object.status=void");
    expect([code, err]).toEqual([1, expect.stringContaining("no longer fits what was edited: no secret is known")]);
  });
});

test.each(["--secret=x", "--secret"])(
  "one that carries no signature gets none by %s, and that is said",
  async (secret) => {
    const { replay } = await scene(["--unsigned"], { HOOKCLI_SECRET: SECRET });
    const { out, err } = await replay("1", secret);
    expect(out).not.toContain("re-signed");
    expect(err).toContain("note: #1: --secret changes nothing: it carries no signature");
    expect((await replay("1")).err).toBe("");
  },
);

describe("before anything is sent", () => {
  test("--dry-run shows the fresh signature, and sends nothing", async () => {
    const { replay, app } = await scene(["--timestamp", "-20m"]);
    const earliestMs = Date.now();
    const { out } = await replay("1", "--secret", SECRET, "--dry-run", "--json");
    const [line] = jsonLinesOf(out);
    expect(line).toMatchObject({ kind: "dry-run", resigned: true });
    const time = Number(/Stripe-Signature: t=(\d+)/.exec(String(line?.["http"]))?.[1]);
    expect(time).toBeGreaterThanOrEqual(Math.floor(earliestMs / 1000));
    expect(time).toBeLessThanOrEqual(Date.now() / 1000);
    expect(app.seen).toHaveLength(1);
  });

  test.each([
    ["no request is named", ["--secret", "42"], /--secret has taken the word behind it as its value/],
    ["there is no such provider", ["1", "--provider", "strip"], /there is no provider of this name[^]*stripe/],
    ["two flags exclude each other", ["1", "--as-captured", "--secret", "x"], /exclude each other/],
    ["there are two secrets to sign with", ["1", "--secret", "one", "--secret", "two"], /: --secret was given twice\n/],
    ["no secret is known, and one is asked for", ["1", "--secret"], /there is no secret to sign for stripe with/],
  ])("a call is refused where %s", async (_, args, message) => {
    const { replay, app } = await scene([]);
    const { code, err } = await replay(...args);
    expect([code, err, app.seen.length]).toEqual([2, expect.stringMatching(message), 1]);
  });
});

describe("an export", () => {
  test.each([
    [
      "curl",
      /^# Signed \S+Z for Stripe, and handlers take it for 5 min. With a fresh signature: hookcli replay 1\ncurl /,
    ],
    ["httpie", /^# Signed [^\n]+: hookcli replay 1\nhttp /],
    ["fetch", /^\/\/ Signed [^\n]+: hookcli replay 1\nawait fetch/],
    ["har", /"comment":"Signed [^"]+: hookcli replay 1"/],
  ])("as %s says how to get a fresh signature", async (format, wanted) => {
    const { look } = await scene([]);
    const { out, err } = await look("export", "1", "--format", format);
    expect([out, err]).toEqual([expect.stringMatching(wanted), ""]);
  });

  test("as a message says so beside it, and lines that are read again say nothing", async () => {
    const { look } = await scene([]);
    const http = await look("export", "1", "--format", "http");
    expect([http.out, http.err]).toEqual([
      expect.not.stringContaining("hookcli replay"),
      expect.stringMatching(/^note: #1: Signed [^\n]+: hookcli replay 1\n$/),
    ]);
    const lines = await look("export", "1", "--format", "ndjson");
    expect([lines.out, lines.err]).toEqual([expect.not.stringContaining("hookcli replay"), ""]);
  });
});

/** A handler that has one request behind it, which went through a listener that knew the secret. */
async function scene(
  send: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{
  readonly app: TargetServer;
  readonly look: (...args: readonly string[]) => ReturnType<typeof runHere>;
  readonly replay: (...args: readonly string[]) => ReturnType<typeof runHere>;
}> {
  const app = await targetFor(handler);
  const folder = temporaryFolder();
  const db = `${folder}/hooks.db`;
  const listener = await Listener.start(["--forward", app.origin, "--secret", SECRET], db);
  const secret = send.includes("--unsigned") ? [] : ["--secret", SECRET];
  const flags = ["--provider", "stripe", ...secret, "--to", listener.url];
  await runHere(["send", "invoice.paid", ...flags, ...send]);
  await listener.stop();
  const look = async (...args: readonly string[]): ReturnType<typeof runHere> =>
    runHere([...args, "--db", db], { folder, env });
  return { app, look, replay: async (...args) => look("replay", ...args) };
}
