import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bytesBody } from "../../src/core/model/body.ts";
import { headerValues } from "../../src/core/model/headers.ts";
import { jsonLinesOf, runBin, RunningBin } from "../helpers/bin.ts";
import { runHere } from "../helpers/run-here.ts";
import { textBody } from "../helpers/samples.ts";
import { type SeededStore, seededStore, targetFor } from "../helpers/seeded-store.ts";

const BODY = '{ "id":12345678901234567890, "data" : {"items":[{"price":1}]},\n "type":"order.completed" }';
const JSON_HEADERS = ["Host", "x", "Content-Type", "application/json", "Content-Length", "1", "X-Sig", "abc"];

describe("edited content", () => {
  test("--set and --set-json change values and nothing else, as a new request that knows its parent", async () => {
    const store = await seededStore([{ body: textBody(BODY), headers: JSON_HEADERS }]);
    const target = await targetFor();
    const flags = [
      "--set",
      "data.items[0].sku=A 1",
      "--set-json",
      "data.items[0].price=2.50",
      "--set",
      "type=order.paid",
    ];
    const { code, out } = await store.hookcli("replay", "1", ...flags, "--to", target.origin);
    const sent =
      '{ "id":12345678901234567890, "data" : {"items":[{"price":2.50,"sku":"A 1"}]},\n "type":"order.paid" }';
    expect(code).toBe(0);
    expect(out).toMatch(/^#2 {2}POST \/hooks {2}→ \S+ {2}200 in \S+ ms {2}\(edited from #1\)\n$/);
    expect(target.seen[0]?.body.toString()).toBe(sent);
    expect(headerValues(target.seen[0]?.headers ?? [], "content-length")).toEqual([String(sent.length)]);
    expect(headerValues(target.seen[0]?.headers ?? [], "content-type")).toEqual(["application/json"]);
    const stored = store.look((read) => read.findRequest({ kind: "id", id: 2 }));
    expect(stored).toMatchObject({ parentId: 1, origin: "edit", event: { eventType: "order.paid" } });
    expect(stored?.headers).toEqual(JSON_HEADERS.with(5, String(sent.length)));
    expect(store.look((read) => read.deliveriesOf(1))).toEqual([]);
  });

  test("is held against what became of the request that it was edited from", async () => {
    const target = await targetFor(
      "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    );
    const store = await seededStore([{ body: textBody(BODY) }]);
    await store.hookcli("replay", "1", "--to", target.origin);
    const { out } = await store.hookcli("replay", "1", "--set", "a=b");
    expect(out).toMatch(/200 in \S+ ms {2}fixed {2}\(edited from #1\)\n/);
  });

  test("is one new request, however often it is sent", async () => {
    const store = await seededStore([{ body: textBody(BODY) }]);
    const target = await targetFor();
    await store.hookcli("replay", "1", "--set", "a=b", "--times", "3", "--concurrency", "3", "--to", target.origin);
    expect(target.seen).toHaveLength(3);
    expect(store.look((read) => [read.countRequests(), read.deliveriesOf(2).length])).toEqual([2, 3]);
  });

  test("--body takes a text, a file or standard input", async () => {
    const store = await seededStore([{ body: textBody(BODY), headers: JSON_HEADERS }]);
    const target = await targetFor();
    writeFileSync(join(store.folder, "new.json"), Buffer.from([0, 255, 1]));
    await store.hookcli("replay", "1", "--body", "plain", "--to", target.origin);
    await store.hookcli("replay", "1", "--body", "@new.json", "--to", target.origin);
    await store.hookcli("replay", "1", "--body", "", "--to", target.origin);
    const piped = ["replay", "1", "--body", "-", "--set", "b=2", "--to", target.origin, "--db", store.path];
    expect((await runHere(piped, { folder: store.folder, input: '{"a":1}' })).code).toBe(0);
    const bodies = target.seen.map(({ body }) => body.toString("latin1"));
    expect(bodies).toEqual(["plain", "\u0000\u00ff\u0001", "", '{"a":1,"b":"2"}']);
  });

  test("a header alone is no new content", async () => {
    const store = await seededStore([{}]);
    const target = await targetFor();
    await store.hookcli("replay", "1", "-H", "X-Env: dev", "--to", target.origin);
    expect(store.look((read) => read.countRequests())).toBe(1);
    expect(headerValues(target.seen[0]?.headers ?? [], "x-env")).toEqual(["dev"]);
  });

  test("of a compressed body needs a whole new one, which then is plain, and that is said", async () => {
    const body = bytesBody(gzipSync(BODY));
    const store = await seededStore([{ body, headers: [...JSON_HEADERS, "Content-Encoding", "gzip"] }]);
    const target = await targetFor();
    const refused = await store.hookcli("replay", "1", "--set", "a=1", "--to", target.origin);
    expect([refused.code, target.seen]).toEqual([2, []]);
    expect(refused.err).toMatch(/^error: the body cannot be edited: it is compressed \(gzip\)\n {2}Give a whole one/);
    const { code, err } = await store.hookcli("replay", "1", "--body", "{}", "--to", target.origin);
    expect([code, err]).toEqual([0, "note: Content-Encoding gzip is left out, because the new body is plain\n"]);
    expect(headerValues(target.seen[0]?.headers ?? [], "content-encoding")).toEqual([]);
  });

  test.each([
    [["--set", "type.x=1"], /type is text, and type\.x needs an object there/],
    [["--set", "a.__proto__.b=1"], /__proto__ is never set/],
    [["--set", "a"], /there is no = with a value behind it/],
    [["--set-json", "a=paid"], /what stands behind the = is not JSON/],
    [["--set", "a=1", "--as-captured"], /--as-captured and --set exclude each other/],
    [["--body", "x", "--as-captured"], /--as-captured and --body exclude each other/],
    [["--body", "@missing.json"], /cannot read \S+missing\.json \(ENOENT\)/],
    [["--reveal"], /--reveal says nothing without --dry-run/],
  ])("%j is refused, and nothing is sent", async (args, message) => {
    const store = await seededStore([{ body: textBody(BODY) }]);
    const target = await targetFor();
    const { code, err } = await store.hookcli("replay", "1", ...args, "--to", target.origin);
    expect(code).toBe(args.includes("@missing.json") ? 4 : 2);
    expect(err).toMatch(message);
    expect(target.seen).toEqual([]);
  });
});

describe("--edit", () => {
  test("sends what the editor left, and leaves no file behind", async () => {
    const store = await seededStore([{ body: textBody(BODY), headers: JSON_HEADERS }]);
    const target = await targetFor();
    const script = `cp "$1" seen.http; ls -l "$1" | cut -c1-10 > mode; echo "$1" > path
      sed -e 's|^POST /hooks|PUT /edited?x=1|' -e 's/abc/def/' -e 's/order.completed/order.paid/' seen.http > "$1"`;
    const { code, out } = await edit(store, script, ["1", "--to", target.origin]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^#2 {2}PUT \/edited\?x=1 .*\(edited from #1\)\n$/)]);
    const [seen] = target.seen;
    expect([seen?.method, seen?.path, seen?.body.toString()]).toEqual([
      "PUT",
      "/edited?x=1",
      BODY.replace("completed", "paid"),
    ]);
    expect(headerValues(seen?.headers ?? [], "x-sig")).toEqual(["def"]);
    expect(readFileSync(join(store.folder, "seen.http"), "utf8")).toBe(
      `POST /hooks HTTP/1.1\nHost: x\nContent-Type: application/json\nX-Sig: abc\n\n${BODY}`,
    );
    expect(readFileSync(join(store.folder, "mode"), "utf8")).toBe("-rw-------\n");
    expect(existsSync(readFileSync(join(store.folder, "path"), "utf8").trim())).toBe(false);
  });

  test("without a change sends nothing, unless --yes; a line feed that the editor adds is no change", async () => {
    const store = await seededStore([{ body: textBody(BODY) }]);
    const target = await targetFor();
    const { code, err } = await edit(store, 'echo >> "$1"', ["1", "--to", target.origin]);
    expect([code, err]).toEqual([0, "nothing was changed, so nothing is sent; --yes sends it all the same\n"]);
    expect(target.seen).toEqual([]);
    expect((await edit(store, "true", ["1", "--yes", "--to", target.origin])).code).toBe(0);
    expect(target.seen[0]?.body.toString()).toBe(BODY);
    expect(store.look((read) => read.countRequests())).toBe(1);
  });

  test("a broken edit and an editor that fails send nothing and leave no file", async () => {
    const store = await seededStore([{ body: textBody(BODY) }]);
    const target = await targetFor();
    const broken = await edit(store, 'echo "$1" > path; echo nonsense > "$1"', ["1", "--to", target.origin]);
    expect([broken.code, broken.err]).toEqual([
      2,
      expect.stringMatching(/^error: the edited request cannot be sent: line 1: "nonsense" is not a request line/),
    ]);
    expect(existsSync(readFileSync(join(store.folder, "path"), "utf8").trim())).toBe(false);
    const failed = await edit(store, "exit 3", ["1", "--to", target.origin]);
    expect([failed.code, failed.err]).toEqual([4, expect.stringMatching(/\(it ended with exit code 3\)\n/)]);
    expect(target.seen).toEqual([]);
  });

  test("VISUAL goes before EDITOR, and both may have arguments", async () => {
    const store = await seededStore([{ body: textBody("{}") }]);
    const target = await targetFor();
    const env = { VISUAL: "sh -c 'printf changed >> \"$2\"' sh --wait", EDITOR: "false" };
    const args = ["replay", "1", "--edit", "--to", target.origin, "--db", store.path];
    expect((await runBin(args, { folder: store.folder, env })).code).toBe(0);
    expect(target.seen[0]?.body.toString()).toBe("{}changed");
  });

  test("takes one request at a time", async () => {
    const store = await seededStore([{}, {}]);
    const { code, err } = await edit(store, "true", ["1..2", "--to", "1"]);
    expect([code, err]).toEqual([2, expect.stringContaining("--edit takes one request at a time, and these are 2")]);
  });
});

describe("--dry-run", () => {
  test("prints what would be sent, as HTTP and as curl, and sends and stores nothing", async () => {
    const headers = [...JSON_HEADERS, "Authorization", "Bearer very-secret"];
    const store = await seededStore([{ body: textBody('{"a":1}'), headers }]);
    const target = await targetFor();
    const flags = ["replay", "1", "--to", `${target.origin}/app`, "--set-json", "a=2", "-H", "X-Env: dev", "--dry-run"];
    const { code, out, err } = await store.hookcli(...flags);
    expect([code, err]).toEqual([0, "nothing was sent (--dry-run)\n"]);
    expect(out).toContain(`#1 edited → ${target.origin}/app/hooks\nPOST /app/hooks HTTP/1.1\n`);
    expect(out).toMatch(
      /\nX-Env: dev\ncontent-length: 7\n\n\{"a":2\}\n\ncurl -X POST http:\/\/127\.0\.0\.1:\d+\/app\/hooks/,
    );
    expect(out).not.toContain("very-secret");
    expect((await store.hookcli(...flags, "--reveal")).out).toContain("Bearer very-secret");
    expect(target.seen).toEqual([]);
    expect(store.look((read) => [read.countRequests(), read.deliveriesOf(1)])).toEqual([1, []]);
    expect(readdirSync(store.folder).filter((name) => name.endsWith("-bodies"))).toEqual([]);
  });

  test("its curl command sends the same bytes as the replay does", async () => {
    const body = textBody(`{"it's":"$HOME \\u00e9 é"}`);
    const store = await seededStore([{ body, headers: JSON_HEADERS }]);
    const target = await targetFor();
    const [line] = jsonLinesOf((await store.hookcli("replay", "1", "--to", target.origin, "--dry-run", "--json")).out);
    expect(line).toMatchObject({ kind: "dry-run", requestId: 1, edited: false, url: `${target.origin}/hooks` });
    expect((await RunningBin.spawn(["sh", "-c", String(line?.["curl"])]).ended()).code).toBe(0);
    await store.hookcli("replay", "1", "--to", target.origin);
    const [byCurl, byReplay] = target.seen;
    expect(byCurl?.body.equals(body.bytes)).toBe(true);
    expect(byCurl?.body).toEqual(byReplay?.body);
    expect(headerValues(byCurl?.headers ?? [], "x-sig")).toEqual(["abc"]);
  });

  test("needs no yes, and says which ones would not be sent", async () => {
    const store = await seededStore([...Array.from({ length: 25 }, () => ({})), { body: textBody("no JSON") }]);
    const { code, out, err } = await store.hookcli(
      "replay",
      "1..26",
      "--set",
      "a=1",
      "--to",
      "1",
      "--dry-run",
      "--json",
    );
    expect([code, jsonLinesOf(out).length]).toEqual([0, 25]);
    expect(err).toBe("#26 would not be sent: the body cannot be edited: it is not JSON\n");
  });
});

/** Runs `replay --edit` with an editor that is this shell script; it works in the store's folder. */
async function edit(store: SeededStore, script: string, args: readonly string[]) {
  const path = join(store.folder, "editor.sh");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  const argv = ["replay", ...args, "--edit", "--db", store.path];
  return runBin(argv, { folder: store.folder, env: { EDITOR: path } });
}
