import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { exitCodeOf } from "../../src/cli/terminal/exit.ts";
import { incompleteInstall } from "../../src/cli/incomplete-install.ts";
import { run } from "../../src/cli/run.ts";
import { parsePlan } from "../../src/core/faults/parse-plan.ts";
import { parseFilter } from "../../src/core/filter/parse-filter.ts";
import { parseNdjson } from "../../src/core/formats/parse-ndjson.ts";
import { bytesBody, type Body } from "../../src/core/model/body.ts";
import { systemClock } from "../../src/core/model/clock.ts";
import { type ErrorCode, errorCatalogue } from "../../src/core/model/error-catalogue.ts";
import { HookcliError } from "../../src/core/model/errors.ts";
import type { StoredRequest } from "../../src/core/model/request.ts";
import { sqliteUnfit } from "../../src/io/sqlite/native.ts";
import { openDatabase } from "../../src/io/sqlite/open.ts";
import { Store } from "../../src/io/store/store.ts";
import { sampleRequest } from "../helpers/samples.ts";
import {
  type RecordedSurroundings,
  recordedSurroundings,
  type SurroundingsWanted,
  temporaryFolder,
} from "../helpers/surroundings.ts";

interface Raised {
  readonly code: string;
  /** Undefined: it was not a command that ran into it. */
  readonly exit?: number;
  readonly message: string;
  readonly hint: string;
}

/** For each error of the catalogue one way in which a person meets it. */
const waysToRaise: Readonly<Record<ErrorCode, () => Promise<Raised>>> = {
  USAGE: () => raisedBy(["listen", "--ephemeral", "--db", "x.db"]),
  BAD_VALUE: () => raisedBy(["show", "newest"]),
  BAD_FILTER: () => Promise.resolve(caught(() => parseFilter("statsu:500"))),
  BAD_FAULT_PLAN: () => Promise.resolve(caught(() => parsePlan("500x2,rset"))),
  BAD_SCHEDULE: () => raisedBy(["schedules", "1m,5x"]),
  SCHEDULE_NOT_FOUND: () => raisedBy(["schedules", "strpe"]),
  BAD_CONFIG: () => {
    const path = join(temporaryFolder(), "hookcli.config.json");
    writeFileSync(path, '{ "lisen": {} }');
    return raisedBy(["list", "--config", path]);
  },
  NO_SECRET: () => raisedBy(["send", "order.completed", "--secret", "--to", "1"]),
  SECRET_UNAVAILABLE: () => raisedBy(["listen", "--secret", "env:NOWHERE"]),
  PROVIDER_NOT_FOUND: () => raisedBy(["providers", "strpe"]),
  BAD_SECRET: () =>
    raisedBy(["send", "order.completed", "--provider", "standardwebhooks", "--secret", "whsec_", "--to", "1"]),
  TARGET_IS_CAPTURE: async () => {
    const port = String((await takenPort()).free());
    return raisedBy(["listen", "--port", port, "--forward", port]);
  },
  TARGET_LEADS_BACK: async () => {
    const port = String((await takenPort()).free());
    // A listener that runs, as far as its row tells, and forwards to the port that is about to be ours.
    const args = ["listen", "--port", port, "--forward", "4400"];
    return raisedOn(storeWithListeners(`http://localhost:${port}`), args);
  },
  NO_TARGET: () => raisedOn(storeWith({}), ["replay", "1"]),
  SEVERAL_LISTENERS: () => raisedOn(storeWithListeners("http://localhost:1", "http://localhost:2"), ["replay", "1"]),
  NO_LISTENER: () => raisedBy(["send", "order.completed"]),
  NOT_TAMPERABLE: () =>
    raisedBy(["send", "push", "--provider", "gitlab", "--secret", "a-token", "--tamper", "--to", "1"]),
  SAMPLE_NOT_FOUND: () => raisedBy(["send", "invoice.piad", "--provider", "stripe", "--to", "1"]),
  EVENT_UNANSWERED: async () => {
    const port = String((await takenPort()).free());
    return raisedBy(["send", "order.completed", "--unsigned", "--to", `127.0.0.1:${port}`]);
  },
  REQUEST_INCOMPLETE: () => raisedOn(storeWith({ completeness: "partial" }), ["replay", "1", "--to", "1"]),
  REQUEST_MALFORMED: () => raisedOn(storeWith({ completeness: "malformed" }), ["replay", "1", "--to", "1"]),
  BODY_NOT_EDITABLE: () =>
    raisedOn(storeWith({ body: bytesBody(Buffer.from("plain")) }), ["replay", "1", "--to", "1", "--set", "a=1"]),
  BAD_EDIT: () =>
    raisedOn(storeWith({}), ["replay", "1", "--to", "1", "--edit"], { env: { EDITOR: "sh -c 'echo no > \"$1\"' x" } }),
  NOT_CONFIRMED: () => raisedOn(storeWith({}), ["replay", "1", "--to", "1", "--times", "21"]),
  NOTHING_SELECTED: () => raisedOn(storeWith({}), ["replay", "2..9", "--to", "1"]),
  RAW_TO_TERMINAL: () =>
    raisedOn(storeWith({ body: bytesBody(Buffer.from("\u001b[2J")) }), ["show", "1", "--raw"], { isOutTty: true }),
  BAD_IMPORT: () => Promise.resolve(caught(() => parseNdjson(Buffer.from("not JSON")))),
  REQUEST_NOT_FOUND: () => raisedBy(["show", "42"]),
  BODY_FILE_MISSING: () => raisedOn(storeWithLostBody(), ["show", "1", "--raw"]),
  BODY_FILE_REFUSED: () => raisedOn(storeNaming("../secret"), ["show", "1", "--raw"]),
  PORT_IN_USE: async () => raisedBy(["listen", "--port", String((await takenPort()).port)]),
  CANNOT_BIND: () => raisedBy(["listen", "--host", "192.0.2.1", "--port", "0"]),
  STORE_UNREADABLE: async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    return raisedOn(Promise.resolve(join(file, "hooks.db")), ["list"]);
  },
  STORE_EXPOSED: () => {
    const above = temporaryFolder();
    const folder = join(above, "open");
    mkdirSync(folder);
    chmodSync(above, 0o755);
    chmodSync(folder, 0o777);
    return raisedOn(Promise.resolve(join(folder, "hooks.db")), ["list"]);
  },
  STORE_NOT_OURS: async () => {
    const path = join(temporaryFolder(), "shop.db");
    new Sqlite(path).exec("CREATE TABLE orders (id INTEGER)").close();
    return raisedOn(Promise.resolve(path), ["list"]);
  },
  STORE_TOO_NEW: () =>
    raisedOn(
      changed((path) => new Sqlite(path).exec("PRAGMA user_version = 99").close()),
      ["list"],
    ),
  STORE_CORRUPT: () =>
    raisedOn(
      changed((path) => truncateSync(path, 8192)),
      ["list"],
    ),
  STORE_FULL: () => inStore((store) => store.reportSpoolFailure(systemError("ENOSPC"))),
  STORE_UNWRITABLE: () => inStore((store) => store.reportSpoolFailure(systemError("EIO"))),
  STORE_MOVED: () => {
    const path = join(temporaryFolder(), "hooks.db");
    writeFileSync(`${path}-wal`, "the log of a store that is gone");
    return raisedOn(Promise.resolve(path), ["list"]);
  },
  STORE_BUSY: async () => {
    const path = join(temporaryFolder(), "hooks.db");
    const other = new Sqlite(path).exec("BEGIN EXCLUSIVE");
    onTestFinished(() => void other.close());
    return caught(() => openDatabase({ path, migrations: [], applicationId: 1, busyTimeoutMs: 1, patienceMs: 10 }));
  },
  SQLITE_TOO_OLD: () => {
    type Prepare = (this: Sqlite.Database, sql: string) => Sqlite.Statement;
    const real = Reflect.get(Sqlite.prototype, "prepare") as Prepare;
    vi.spyOn(Sqlite.prototype, "prepare").mockImplementation(function (this: Sqlite.Database, sql: string) {
      return real.call(this, sql.replace("sqlite_version()", "'3.45.0'"));
    });
    onTestFinished(() => void vi.restoreAllMocks());
    return raisedBy(["list"]);
  },
  INCOMPLETE_INSTALL: async () => {
    const missing: unknown = await import(`${"no-such"}-package`).catch((error: unknown) => error);
    return Promise.resolve(caught(() => throwing(incompleteInstall(missing))));
  },
  SQLITE_UNFIT: () =>
    Promise.resolve(sqliteUnfit(Object.assign(new Error("invalid ELF header"), { code: "ERR_DLOPEN_FAILED" }))),
  FILE_REFUSED: () => {
    const path = join(temporaryFolder(), "hooks.db");
    symlinkSync("elsewhere", `${path}-ballast`);
    return raisedOn(Promise.resolve(path), ["list"]);
  },
  FILE_UNREADABLE: () => raisedBy(["listen", "--ca", "nowhere.pem"]),
  FILE_EXISTS: async () => {
    const surroundings = await recordedSurroundings();
    writeFileSync(join(surroundings.folder, "hookcli.config.jsonc"), "{}");
    return raisedIn(surroundings, ["init"]);
  },
  FILE_UNWRITABLE: () => raisedOn(storeWith({}), ["export", "1", "-o", join(temporaryFolder(), "missing/x")]),
  COMMAND_NOT_STARTED: async () => {
    const { at, err } = await recordedSurroundings();
    const exit = await run(["listen", "--port", "0", "--json", "--", "no-such-program"], at, "0.0.0");
    // The listener's own lines stand before it.
    const raised = JSON.parse((await err()).trim().split("\n").at(-1) ?? "") as Raised;
    expect(raised.exit).toBe(exit);
    return raised;
  },
  WAIT_TIMEOUT: () => raisedBy(["wait", "--timeout", "1ms"]),
  NO_ANSWER: async () => {
    const port = String((await takenPort()).free());
    return raisedOn(storeWith({}), ["replay", "1", "--to", `127.0.0.1:${port}`]);
  },
};

describe("every error can be met", () => {
  test.each(Object.keys(errorCatalogue) as ErrorCode[])("%s", async (code) => {
    const raised = await waysToRaise[code]();
    expect(raised.code).toBe(code);
    if (raised.exit !== undefined) expect(raised.exit).toBe(exitCodeOf(errorCatalogue[code].category));
    // Every blank of the texts is filled.
    expect(`${raised.message} ${raised.hint}`).not.toMatch(/\{\w+\}/);
  });
});

async function raisedBy(args: readonly string[], wanted?: SurroundingsWanted): Promise<Raised> {
  return raisedIn(await recordedSurroundings(wanted), args);
}

async function raisedIn(surroundings: RecordedSurroundings, args: readonly string[]): Promise<Raised> {
  const exit = await run([...args, "--json"], surroundings.at, "0.0.0");
  const line = JSON.parse(await surroundings.err()) as Raised;
  expect(line.exit).toBe(exit);
  return line;
}

async function raisedOn(
  path: Promise<string>,
  args: readonly string[],
  wanted: SurroundingsWanted = {},
): Promise<Raised> {
  return raisedBy([...args, "--db", await path], wanted);
}

function throwing(error: unknown): never {
  throw error;
}

function caught(run: () => unknown): Raised {
  try {
    run();
  } catch (error) {
    if (error instanceof HookcliError) return error;
  }
  throw new Error("nothing was raised");
}

async function inStore(use: (store: Store) => unknown): Promise<Raised> {
  const store = openStore(join(temporaryFolder(), "hooks.db"));
  try {
    const error = use(store);
    if (error instanceof HookcliError) return error;
    throw new Error("nothing was raised");
  } finally {
    store.close();
  }
}

function openStore(path: string): Store {
  return new Store({ path, clock: systemClock, pid: process.pid, busyTimeoutMs: 1000 });
}

/** A store that holds one request; its path. */
async function storeWith(changes: Partial<StoredRequest>, body?: (store: Store) => Promise<Body>): Promise<string> {
  const path = join(temporaryFolder(), "hooks.db");
  const store = openStore(path);
  const spooled = await body?.(store);
  await store.insertRequest(sampleRequest({ ...changes, ...(spooled ? { body: spooled } : {}) }));
  store.close();
  return path;
}

/** A store whose one request says that its body is in this file. */
async function storeNaming(file: string): Promise<string> {
  const path = await storeWith({});
  const db = new Sqlite(path);
  db.prepare("UPDATE requests SET body_file = ?, body_size = 10").run(file);
  db.close();
  return path;
}

async function storeWithLostBody(): Promise<string> {
  const path = await storeWith({}, async (store) => {
    const sink = await store.openSink();
    await sink.write(Buffer.from("large"));
    return sink.finish();
  });
  rmSync(`${path}-bodies`, { recursive: true });
  return path;
}

/** A store with one request, and sessions of this very process that listen. */
async function storeWithListeners(...targets: readonly string[]): Promise<string> {
  const path = await storeWith({});
  for (const target of targets) {
    const store = openStore(path);
    onTestFinished(() => store.close());
    await store.beginSession({
      command: "listen",
      pid: process.pid,
      processMark: "this test",
      startedAtMs: 0,
      captureUrl: "http://127.0.0.1:4400",
      targets: [target],
      directory: "/project",
    });
  }
  return path;
}

async function changed(change: (path: string) => unknown): Promise<string> {
  const path = await storeWith({});
  change(path);
  return path;
}

async function takenPort(): Promise<{ readonly port: number; free(): number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  return {
    port,
    free: () => {
      server.close();
      return port;
    },
  };
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
