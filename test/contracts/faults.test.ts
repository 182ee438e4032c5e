import { afterAll, describe, expect, test } from "vitest";
import { findFault, faults } from "../../src/core/faults/index.ts";
import { parsePlan } from "../../src/core/faults/parse-plan.ts";
import { HANDLED, postCurl, postRaw, postUndici, type Seen, startFaulty } from "../helpers/faulty.ts";
import { notBefore } from "../helpers/not-before.ts";
import { PythonSender } from "../helpers/python-sender.ts";
import { filesBelow } from "../helpers/sources.ts";
import { testWithTool } from "../helpers/tools.ts";

/** What each sender makes of a fault. */
interface Case {
  readonly raw: string | RegExp;
  /** Undefined: the connection is sound. */
  readonly error?: string;
  readonly curl: Seen;
  readonly undici: Seen;
  readonly python: Seen;
  /** How long a sender waits. */
  readonly patienceMs?: number;
  /** It takes at least so long. */
  readonly leastMs?: number;
}

const OWN = '{"status":"ok"}\n';
const PATIENT_MS = 20_000;
const handled = alike({ status: 201, body: HANDLED });
const silence = {
  curl: { trouble: "52" },
  undici: { trouble: "UND_ERR_SOCKET" },
  python: { trouble: "RemoteDisconnected" },
};
const cut = {
  curl: { trouble: "18" },
  undici: { trouble: "UND_ERR_SOCKET" },
  python: { trouble: "IncompleteRead" },
};

const cases: Readonly<Record<string, Case>> = {
  "503:retry-after=3;body=sorry": {
    raw: "HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nx-hookcli-reason: fault\r\nretry-after: 3\r\ncontent-length: 5\r\nConnection: close\r\n\r\nsorry",
    ...alike({ status: 503, body: "sorry" }),
  },
  "after:500": {
    raw: /^HTTP\/1\.1 500 /,
    ...alike({ status: 500, body: '{"error":"a fault on purpose","reason":"fault"}\n' }),
  },
  timeout: {
    raw: "",
    patienceMs: 500,
    curl: { trouble: "28" },
    undici: { trouble: "TimeoutError" },
    python: { trouble: "TimeoutError" },
  },
  "timeout:50ms": { raw: "", leastMs: 49, ...silence },
  "after:timeout:50ms": { raw: "", leastMs: 49, ...silence },
  "delay:50ms": { raw: /^HTTP\/1\.1 201 [^]*\{"handled":true\}$/, leastMs: 49, ...handled },
  "after:delay:50ms": { raw: /^HTTP\/1\.1 201 [^]*\{"handled":true\}$/, leastMs: 49, ...handled },
  ...both("reset", {
    raw: "",
    error: "ECONNRESET",
    curl: { trouble: "56" },
    undici: { trouble: "ECONNRESET" },
    python: { trouble: "ConnectionResetError" },
  }),
  ...both("close", { raw: "", ...silence }),
  ...both("empty", {
    raw: "HTTP/1.1 200 OK\r\nx-hookcli-reason: fault\r\ncontent-length: 0\r\nConnection: close\r\n\r\n",
    ...alike({ status: 200, body: "" }),
  }),
  truncate: {
    raw: 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-hookcli-reason: fault\r\ncontent-length: 16\r\n\r\n{"status',
    ...cut,
  },
  "after:truncate:3": {
    raw: 'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\ncontent-length: 16\r\n\r\n{"h',
    ...cut,
  },
  "slow:100": {
    raw: /content-length: 16\r\n[^]*\{"status":"ok"\}\n$/,
    leastMs: 99,
    ...alike({ status: 200, body: OWN }),
  },
  "after:slow:100": { raw: /content-length: 16\r\n[^]*\{"handled":true\}$/, leastMs: 99, ...handled },
  ...both("redirect:/elsewhere", {
    raw: /^HTTP\/1\.1 302 Found\r\nlocation: \/elsewhere\r\n/,
    ...alike({ status: 302, body: "", location: "/elsewhere" }),
  }),
  ...both("garbage", {
    raw: /^\x81[^]*this is not HTTP\r\n\r\n$/,
    curl: { trouble: "1" },
    undici: { trouble: "HTTPParserError" },
    python: { trouble: "BadStatusLine" },
  }),
  ok: { raw: /^HTTP\/1\.1 201 /, ...handled },
};

/** Faults that let the handler have its say even where it is not asked first. */
const passing = ["delay", "ok"];

let pythonSender: PythonSender | undefined;
afterAll(() => pythonSender?.end());

describe.each(Object.entries(cases))(
  "%s",
  (plan, { raw, error, curl, undici, python, patienceMs = PATIENT_MS, leastMs = 0 }) => {
    const [step] = parsePlan(plan);
    const asks = step?.isAfter === true || passing.includes(step?.fault ?? "") ? 1 : 0;

    async function holds(post: (port: number) => Promise<unknown>, seen: unknown): Promise<void> {
      const faulty = await startFaulty(plan);
      expect(await notBefore(leastMs, async () => post(faulty.port))).toEqual(seen);
      // A sender without patience may have left before anything was read here.
      await expect.poll(() => [faulty.captured.length, faulty.handled()]).toEqual([1, asks]);
    }

    test("as its bytes and the end of its connection", async () => {
      const isSilent = plan === "timeout";
      // Silence has no end of its own: the same fault with one.
      const faulty = await startFaulty(isSilent ? "timeout:10ms" : plan);
      const { bytes, errorCode } = await postRaw(faulty.port);
      if (typeof raw === "string") expect(bytes).toBe(raw);
      else expect(bytes).toMatch(raw);
      expect(errorCode).toBe(error);
      expect(faulty.handled()).toBe(asks);
    });

    testWithTool("curl", "as curl sees it", async () => holds(async (port) => postCurl(port, patienceMs), curl));

    test("as undici sees it", async () => holds(async (port) => postUndici(port, patienceMs), undici));

    testWithTool("python3", "as Python's http.client sees it", async () =>
      holds(async (port) => (pythonSender ??= new PythonSender()).post(port, patienceMs), python),
    );
  },
);

describe("the registry", () => {
  test("has a case for each fault above, before the handler and after it", () => {
    const seen = Object.keys(cases).flatMap((plan) => parsePlan(plan));
    for (const { name } of faults) {
      expect(seen).toContainEqual(expect.objectContaining({ fault: name, isAfter: false }));
      if (name !== "ok") expect(seen).toContainEqual(expect.objectContaining({ fault: name, isAfter: true }));
    }
  });

  test("lists every file, once, under its name", () => {
    const files = filesBelow("src/core/faults/entries").map((file) => file.replace(/^.*\/(.*)\.ts$/, "$1"));
    expect(faults.map(({ name }) => name).toSorted()).toEqual(files);
  });

  test.each(faults)("$name has examples of itself, and says what it does in sentences", (fault) => {
    const { name, examples, summary, seen, syntax } = fault;
    for (const example of examples) expect(parsePlan(example)).toMatchObject([{ fault: name }]);
    for (const sentence of [summary, seen]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(syntax.startsWith(name === "status" ? "<status>" : name)).toBe(true);
    expect(findFault(name)).toBe(fault);
  });
});

function alike(seen: Seen): Pick<Case, "curl" | "undici" | "python"> {
  return { curl: seen, undici: seen, python: seen };
}

function both(plan: string, seen: Case): Readonly<Record<string, Case>> {
  return { [plan]: seen, [`after:${plan}`]: seen };
}
