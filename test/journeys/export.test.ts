import { execFile } from "node:child_process";
import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { jsonLinesOf, runBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";
import { testWithTool } from "../helpers/tools.ts";

const HOSTILE = 'it\'s $(id) `id` \\ "quoted" %s\n☃ end';
const BINARY = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

describe("export", () => {
  test.each(["ndjson", "har"])("as %s is read again by import without a loss", async (format) => {
    const { folder } = await storeWithRequests();
    const program = async (...args: readonly string[]) => runBin(args, { folder });
    const look = async (...args: readonly string[]) => runHere(args, { folder });
    const written = await program("export", "1..2", "--format", format, "--reveal", "-o", "out.file", "--json");
    expect(jsonLinesOf(written.out)).toMatchObject([{ kind: "exported", requests: 2, left: [], file: "out.file" }]);
    expect(statSync(join(folder, "out.file")).mode & 0o777).toBe(0o600);
    const read = await program("import", "out.file", "--json");
    expect([read.code, read.err]).toEqual([0, ""]);
    const [imported] = jsonLinesOf(read.out);
    const ids = (imported as unknown as { readonly ids: readonly number[] }).ids;
    expect(ids).toHaveLength(2);
    for (const [index, id] of ids.entries()) {
      const [before, after] = await Promise.all([
        look("show", String(index + 1), "--raw"),
        look("show", String(id), "--raw"),
      ]);
      expect(after.stdout.equals(before.stdout)).toBe(true);
      const heads = await Promise.all([
        look("show", String(index + 1), "--headers", "--reveal"),
        look("show", String(id), "--headers", "--reveal"),
      ]);
      expect(heads[1].out).toBe(heads[0].out);
    }
  });

  testWithTool("curl", "as curl is a command that sends the same bytes, whatever they are", async () => {
    const { folder, target } = await storeWithRequests();
    for (const [id, body] of [
      ["1", Buffer.from(HOSTILE)],
      ["2", BINARY],
    ] as const) {
      const { out, code } = await runHere(["export", id, "--reveal", "--to", target.origin], { folder });
      expect(code).toBe(0);
      const before = target.seen.length;
      await promisify(execFile)("sh", ["-c", out], { cwd: folder });
      expect(target.seen[before]).toMatchObject({ method: "POST", path: "/hooks?a=1" });
      expect(target.seen[before]?.body.equals(body)).toBe(true);
    }
  });

  test("masks credentials unless it is told not to, and says what it leaves out", async () => {
    const { folder } = await storeWithRequests();
    const masked = await runHere(["export", "1", "--format", "http"], { folder });
    expect(masked.out).toContain("Authorization: ••••");
    const all = await runHere(["export", "--format", "curl"], { folder });
    expect(all.out.match(/^curl /gm)?.length ?? 0).toBeGreaterThanOrEqual(1);
    const malformed = await runHere(["export", "3", "--format", "curl"], { folder });
    expect(malformed.out).toBe("");
    expect(malformed.err).toMatch(/^left out #3: .+\n$/);
  });

  test("of what is not there is not found, and a file that cannot be written says why", async () => {
    const { folder } = await storeWithRequests();
    expect(await runHere(["export", "99"], { folder })).toMatchObject({ code: 3, out: "" });
    const closed = join(folder, "closed");
    writeFileSync(closed, "");
    chmodSync(closed, 0o400);
    const refused = await runHere(["export", "1", "-o", join(closed, "x")], { folder });
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining("cannot write")]);
  });
});

describe("import", () => {
  test("reads a curl command from standard input", async () => {
    const folder = temporaryFolder();
    const input = `curl -X PUT 'http://localhost:4400/a?b' -H 'X-One: 1' --data-raw '{"type":"order.completed","id":"evt_1"}'`;
    const { out, code } = await runHere(["import", "-"], { folder, input });
    expect([code, out]).toEqual([0, "1 request stored as #1\n"]);
    const shown = jsonLinesOf((await runHere(["list", "--json"], { folder })).out);
    expect(shown).toMatchObject([
      { request: { method: "PUT", target: "/a?b", eventType: "order.completed", eventId: "evt_1" } },
    ]);
  });

  test.each([
    ["nothing that can be read", "certainly not a request", 2],
    ["a broken line", '{"v":1,"kind":"request"\n', 2],
  ])("of %s is refused and stores nothing", async (_what, input, expected) => {
    const folder = temporaryFolder();
    const { code, err } = await runHere(["import", "-"], { folder, input });
    expect([code, err]).toEqual([expected, expect.stringContaining("cannot import")]);
    expect((await runHere(["list"], { folder })).out).toBe("");
  });

  test("of a file that is not there says so", async () => {
    const { code, err } = await runHere(["import", "none.har"]);
    expect([code, err]).toEqual([expect.any(Number), expect.stringContaining("none.har")]);
    expect(code).not.toBe(0);
  });
});

/** A folder whose store holds a hostile text, every byte there is, and something that is no HTTP. */
async function storeWithRequests() {
  const folder = temporaryFolder();
  const target = await TargetServer.answering();
  const listener = await Listener.start(["--forward", target.origin], join(folder, ".local/share/hookcli/hooks.db"));
  const head = "POST /hooks?a=1 HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer secretsecret\r\n";
  for (const body of [Buffer.from(HOSTILE), BINARY]) {
    const client = await RawClient.connect(listener.port);
    await client.write(Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]));
    await client.replies(1);
  }
  const junk = await RawClient.connect(listener.port);
  await junk.write("this is no HTTP\r\n\r\n");
  await junk.replies(1);
  await listener.stop();
  expect(readFileSync(listener.dbPath).length).toBeGreaterThan(0);
  return { folder, target };
}
