import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { RunningBin } from "./bin.ts";
import { officialObstacle } from "./official.ts";
import { root } from "./sources.ts";

const folder = join(root, "test/fixtures/consumers");

/** One that has Flask: the system's, which the set-up gives it to, or the one in PATH. */
function pythonWithFlask(): string | undefined {
  return ["/usr/bin/python3", "python3"].find((python) => spawnSync(python, ["-c", "import flask"]).status === 0);
}

/** Why an example handler cannot run here; undefined where it can. */
export function consumerObstacle(file: string): string | undefined {
  if (!file.endsWith(".py")) return officialObstacle();
  return pythonWithFlask() === undefined ? "needs Flask for Python 3 (npm run test:setup)" : undefined;
}

/** An example handler that runs. */
export interface Consumer {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  /** Resolves with a line that it prints, now or later; fails where it ends without it. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

/** Starts an example handler for the length of a test. */
export async function startConsumer(file: string, secret: string): Promise<Consumer> {
  const program = file.endsWith(".py") ? (pythonWithFlask() ?? "python3") : process.execPath;
  const env = {
    PATH: process.env["PATH"],
    WEBHOOK_SECRET: secret,
    PYTHONDONTWRITEBYTECODE: "1",
    NODE_PATH: join(root, "test/sdk/node_modules"),
  };
  const bin = RunningBin.spawn([program, join(folder, file)], { env });
  const [, port = ""] = await bin.prints(/^listening on (\d+)$/m);
  return { origin: `http://127.0.0.1:${port}`, says: async (pattern) => bin.prints(pattern) };
}
