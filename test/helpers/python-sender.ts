import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Seen } from "./faulty.ts";

const PROGRAM = `
import http.client, json, sys
for line in sys.stdin:
    port, patience = json.loads(line)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("POST", "/hooks", "{}")
        response = connection.getresponse()
        seen = {"status": response.status, "body": response.read().decode()}
        if response.getheader("location"):
            seen["location"] = response.getheader("location")
    except Exception as error:
        seen = {"trouble": type(error).__name__}
    connection.close()
    print(json.dumps(seen), flush=True)
`;

/** Python's own client, in one process for many posts: to start it takes longer than to post. Ended by whoever made it. */
export class PythonSender {
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  constructor() {
    const child = spawn("python3", ["-c", PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child = child;
    this.#lines = createInterface(child.stdout);
  }

  /** One post; trouble is the class of its exception. */
  async post(port: number, patienceMs: number): Promise<Seen> {
    const told = once(this.#lines, "line");
    this.#child.stdin?.write(`${JSON.stringify([port, patienceMs / 1000])}\n`);
    const [line] = (await told) as [string];
    return JSON.parse(line) as Seen;
  }

  async end(): Promise<void> {
    const closed = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await closed;
  }
}
