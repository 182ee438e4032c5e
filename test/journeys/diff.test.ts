import { describe, expect, onTestFinished, test } from "vitest";
import { type Finished, jsonLinesOf } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { post } from "../helpers/load.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";

const LARGE = Buffer.alloc(1_500_000, "x");

describe("diff", () => {
  test("shows what changed of method, target, headers and body; exit 1", async () => {
    const diff = await storeWithRequests();
    const { code, out, err } = await diff("1", "2");
    expect([code, err]).toEqual([1, ""]);
    expect(out.split("\n").slice(2)).toEqual([
      "",
      "Method",
      "- POST",
      "+ PUT",
      "",
      "Target",
      "- /hooks?token=••••",
      "+ /hooks?token=••••",
      "",
      "Headers",
      "- Authorization: ••••",
      "+ Authorization: ••••",
      "- X-Old: 1",
      "+ X-New: 2",
      "",
      "Body  JSON, fields sorted",
      "@@ line 1, line 1 @@",
      " {",
      '-  "amount": 12345678901234567890,',
      '+  "amount": 12345678901234567891,',
      '   "id": "evt_1"',
      " }",
      "",
    ]);
    expect((await diff("1", "2", "--reveal")).out).toContain(
      "- Authorization: Bearer one\n+ Authorization: Bearer two\n",
    );
  });

  test("requests that are the same are exit 0", async () => {
    const diff = await storeWithRequests();
    expect(await diff("1", "#1")).toMatchObject({
      code: 0,
      out: expect.stringContaining("They are the same.") as unknown,
    });
    expect(await diff("1", "3")).toMatchObject({ code: 0 });
  });

  test("the same JSON in other bytes is said to be that; --raw shows the bytes", async () => {
    const diff = await storeWithRequests();
    const { code, out } = await diff("1", "4");
    expect([code, out]).toEqual([1, expect.stringContaining("only formatting differs") as unknown]);
    const raw = (await diff("1", "4", "--raw")).out;
    expect(raw).toContain('-{"id":"evt_1","amount":12345678901234567890}');
    expect(raw).toContain('+{ "amount":12345678901234567890, "id":"evt_1" }');
  });

  test("large bodies are told by size and digest, binary ones by their first difference", async () => {
    const diff = await storeWithRequests();
    expect(await diff("5", "6")).toMatchObject({
      code: 1,
      out: expect.stringMatching(
        /too large to compare\n- 1\.5 MB {2}sha256 [0-9a-f]{64}\n\+ 1\.5 MB {2}sha256/,
      ) as unknown,
    });
    expect(await diff("5", "5")).toMatchObject({ code: 0 });
    expect((await diff("1", "7")).out).toMatch(/binary; the first difference is at byte 0\n- 45 B\n\+ 3 B\n$/);
  });

  test("--json prints the documented shape", async () => {
    const diff = await storeWithRequests();
    const [shape] = jsonLinesOf((await diff("1", "2", "--json")).out);
    expect(shape).toMatchObject({
      kind: "diff",
      equal: false,
      method: { left: "POST", right: "PUT" },
      headers: [{ name: "Authorization", change: "changed" }, { change: "removed" }, { change: "added" }],
      body: { comparison: "json", left: { size: 45 } },
    });
  });

  test("names that mean nothing are exit 3 and 2", async () => {
    const diff = await storeWithRequests();
    expect(await diff("1", "99")).toMatchObject({ code: 3 });
    expect(await diff("1")).toMatchObject({ code: 2 });
    expect(await diff("1", "!")).toMatchObject({ code: 2 });
  });
});

/**
 * 1: JSON. 2: other in every way. 3: the first again. 4: the first with its JSON in other bytes. 5, 6: large. 7: binary.
 */
async function storeWithRequests(): Promise<(...args: readonly string[]) => Promise<Finished>> {
  const listener = await Listener.start();
  onTestFinished(async () => listener.kill());
  const first = '{"id":"evt_1","amount":12345678901234567890}';
  const one = (body: string): string => message("POST /hooks?token=a", body, "Authorization: Bearer one\r\nX-Old: 1");
  await send(listener, one(`${first} `));
  const other = first.replace("890}", "891}");
  await send(listener, message("PUT /hooks?token=b", `${other} `, "Authorization: Bearer two\r\nX-New: 2"));
  await send(listener, one(`${first} `));
  await send(listener, one('{ "amount":12345678901234567890, "id":"evt_1" }'));
  await post(`${listener.url}/large`, LARGE);
  await post(`${listener.url}/large`, Buffer.concat([LARGE.subarray(1), Buffer.from("y")]));
  await post(`${listener.url}/binary`, Buffer.of(0, 255, 254));
  return async (...args) => runHere(["diff", ...args], { env: { HOOKCLI_DB: listener.dbPath } });
}

function message(start: string, body: string, headers: string): string {
  return `${start} HTTP/1.1\r\nHost: hooks.test\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

async function send(listener: Listener, bytes: string): Promise<void> {
  const sender = await RawClient.connect(listener.port);
  await sender.write(bytes);
  await sender.replies(1);
  sender.close();
}
