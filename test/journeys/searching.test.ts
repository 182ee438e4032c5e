import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { binPath, type Finished, jsonLinesOf, post, RunningBin } from "../helpers/bin.ts";
import { Listener } from "../helpers/listener.ts";
import { RawClient } from "../helpers/raw-client.ts";
import { runHere } from "../helpers/run-here.ts";
import { TargetServer } from "../helpers/target-server.ts";
import { testWithTool } from "../helpers/tools.ts";

/** More than what the database holds by itself. */
const LARGE_BYTES = 1_200_000;

/** One for all tests that only look at its store. */
let shared: FilledListener;
beforeAll(async () => {
  shared = await filledListener();
  return shared.end;
});

describe("list with a filter", () => {
  test.each([
    [["status:5xx"], [2]],
    [["type:order.*"], [3, 2]],
    [["type:order.*", "--", "-status:5xx"], [3]],
    [["--type", "order.*", "--failed"], [2]],
    [["event:evt_1"], [1]],
    [["DECLINED"], [1]],
    [
      ["--filter", "-path:/orders"],
      [4, 1],
    ],
    [
      ["--", "-path:/orders"],
      [4, 1],
    ],
    [
      ["--since", "1h", "--limit", "2"],
      [4, 3],
    ],
    [
      ["--since", "2000-01-01", "type:order.*"],
      [3, 2],
    ],
    [
      ["--before", "3"],
      [2, 1],
    ],
    [
      ["--before", "latest:order.completed"],
      [2, 1],
    ],
    [["is:malformed"], [5]],
    [["--all", "--before", "99", "--limit", "1"], [5]],
  ])("%j lists %j", async (words, ids) => {
    const look = lookAtStore;
    const { out, err, code } = await look("list", ...words);
    expect([code, err]).toEqual([0, ""]);
    expect(out.match(/#\d+/g)?.map((id) => Number(id.slice(1)))).toEqual(ids);
    const lines = jsonLinesOf((await look("list", "--json", ...words)).out);
    expect(lines.map(({ request }) => (request as { id: number }).id)).toEqual(ids);
  });

  test("its JSON names the event", async () => {
    const look = lookAtStore;
    const [line] = jsonLinesOf((await look("list", "event:evt_1", "--json")).out);
    expect(line).toMatchObject({ request: { eventId: "evt_1", eventType: "invoice.paid", parentId: null } });
  });

  test("that matches nothing says so on standard error, and where more could be found", async () => {
    const look = lookAtStore;
    expect(await look("list", "needle")).toMatchObject({
      code: 0,
      out: "",
      err: "none of 5 requests matches (needle). hookcli search goes through bodies over 1 MiB too\n",
    });
    expect((await look("list", "--before", "1")).err).toBe(
      "none of 5 requests matches before #1. --all: malformed ones too\n",
    );
  });

  test.each([
    [
      ["statuz:5xx"],
      "cannot use statuz:5xx in a filter, at character 1: there is no key statuz\n  Did you mean status:5xx?",
    ],
    [
      ["--since", "soon"],
      '--since cannot be "soon": it is neither a duration nor a time\n  Write it like this: --since 10m',
    ],
    [["--type", ""], '--type cannot be "": nothing stands between the quotes'],
    [
      ["-status:5xx"],
      "unknown option '-status:5xx' (a filter term with a minus goes behind --: hookcli list -- -status:5xx)",
    ],
    [["--before", "nobody"], 'a request cannot be "nobody"'],
  ])("%j is an error that names the value, exit 2", async (words, says) => {
    const { code, out, err } = await runHere(["list", ...words]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`error: ${says}`);
  });

  testWithTool(
    "script",
    "on a terminal no line is wider than it is, and a footer tells how many there are",
    async () => {
      const { listener } = shared;
      const lines = async (columns: number, words: string): Promise<readonly string[]> => {
        const command = `stty cols ${columns}; "$NODE" "$BIN" list ${words} --color never`;
        const ended = await RunningBin.spawn(["script", "-qfec", command, "/dev/null"], {
          env: { NODE: process.execPath, BIN: binPath, HOOKCLI_DB: listener.dbPath },
        }).ended();
        return ended.out.trimEnd().split(/\r?\n/);
      };
      const wide = await lines(120, "");
      expect(wide.at(0)).toMatch(/^TIME +ID +METHOD +PATH +STATUS +TOOK +SIZE +SIG +PROVIDER +EVENT$/);
      expect(wide.at(-1)).toBe("4 of 5 requests; --all: malformed ones too");
      const narrow = await lines(48, "type:order.* -n 1");
      expect(narrow.at(0)).toMatch(/^ID +PATH +STATUS +EVENT$/);
      expect(narrow.at(1)).toMatch(/^#3 +\/orders\?page=x*… +200 +order\.completed$/);
      expect(narrow.filter((line) => line.length > 48)).toEqual([
        "1 of 5 requests (type:order.*); older ones: --before 3",
      ]);
    },
  );
});

describe("search", () => {
  test("goes through bodies of any size, and what was no HTTP, newest first", async () => {
    const look = lookAtStore;
    expect((await look("search", "needle")).out).toMatch(/^TIME.*\n\S+ +#4 +POST +\/large +200 .* 1\.2 MB\n$/);
    expect((await look("search", "nonsense")).out).toContain("#5");
    expect((await look("search", "order", "-n", "1")).out.match(/#\d/g)).toEqual(["#3"]);
    const lines = jsonLinesOf((await look("search", "path:/*", "--json")).out);
    expect(lines.map(({ request }) => (request as { id: number }).id)).toEqual([4, 3, 2, 1]);
    expect(lines[2]).toMatchObject({ delivery: { status: "failed" } });
  });

  test("that finds nothing says so and prints nothing", async () => {
    const look = lookAtStore;
    expect(await look("search", "nowhere at-all")).toMatchObject({
      code: 0,
      out: "",
      err: "none of 5 requests matches (nowhere at-all)\n",
    });
    expect(await look("search", "nowhere", "--json")).toMatchObject({ code: 0, out: "", err: "" });
  });

  test("for nothing is an error", async () => {
    const { code, err } = await runHere(["search"]);
    expect([code, err]).toEqual([
      2,
      "error: there is nothing to look for\n  hookcli search --help shows how it is used.\n",
    ]);
  });

  test("works while the listener captures on the same store", async () => {
    const { listener, end } = await filledListener();
    onTestFinished(end);
    const [found] = await Promise.all([
      runHere(["search", "needle", "--json"], { env: { HOOKCLI_DB: listener.dbPath } }),
      ...Array.from({ length: 20 }, async (_, at) => post(`${listener.url}/more/${at}`)),
    ]);
    expect(jsonLinesOf(found.out)).toMatchObject([{ request: { id: 4 } }]);
  });
});

describe("show", () => {
  test("names the event", async () => {
    const look = lookAtStore;
    expect((await look("show", "1")).out).toContain("\nevent     invoice.paid  evt_1\n");
  });
});

describe("listen --filter", () => {
  test("forwards only what matches; the rest is stored and acknowledged", async () => {
    const target = await TargetServer.answering();
    onTestFinished(async () => target.close());
    const listener = await Listener.start(["--forward", target.origin, "--filter", "type:order.* -refunded"]);
    onTestFinished(async () => listener.kill());
    const answers: string[] = [];
    for (const type of ["order.completed", "order.refunded", "invoice.paid"])
      answers.push(await (await post(listener.url, JSON.stringify({ type }))).text());
    expect(answers.slice(1)).toEqual(['{"status":"captured","id":2}\n', '{"status":"captured","id":3}\n']);
    await listener.line(({ kind }) => kind === "delivery");
    expect(target.seen).toHaveLength(1);
    expect((await listener.stop())["received"]).toBe(3);
  });

  test("about an answer is refused at once: nobody knows it when a request arrives", async () => {
    const { code, err } = await runHere(["listen", "--port", "0", "--filter", "type:a status:5xx"]);
    expect(code).toBe(2);
    expect(err).toContain(
      "error: cannot use status:5xx in a filter, at character 8: it is asked when a request arrives",
    );
  });
});

/** Runs a command on the shared store. */
async function lookAtStore(...args: string[]): Promise<Finished> {
  return runHere(args, { env: { HOOKCLI_DB: shared.listener.dbPath } });
}

interface FilledListener {
  readonly listener: Listener;
  readonly end: () => Promise<void>;
}

/** A listener with four requests, of which the app refused one, and one that was no HTTP. */
async function filledListener(): Promise<FilledListener> {
  const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  const target = await TargetServer.scripted(ok, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", ok);
  const listener = await Listener.start(["--forward", target.origin]);
  await post(`${listener.url}/invoices`, '{"type":"invoice.paid","id":"evt_1","note":"card declined"}');
  await post(`${listener.url}/orders`, '{"type":"order.refunded","id":"evt_2"}');
  await post(`${listener.url}/orders?page=${"x".repeat(80)}`, '{"type":"order.completed","id":"evt_3"}');
  await post(`${listener.url}/large`, `${"x".repeat(LARGE_BYTES)}needle`);
  const sender = await RawClient.connect(listener.port);
  await sender.write("nonsense\r\n\r\n");
  await sender.replies(1);
  sender.close();
  for (const id of [1, 2, 3, 4])
    await listener.line((line) => line.kind === "delivery" && JSON.stringify(line["request"]).includes(`"id":${id},`));
  const end = async (): Promise<void> => {
    await listener.kill();
    await target.close();
  };
  return { listener, end };
}
