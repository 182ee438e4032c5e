import { createRequire } from "node:module";
import { join } from "node:path";
import type { Json, Sample } from "../../core/samples/sample.ts";

const PACKAGE = "@octokit/webhooks-examples";

interface GithubEvent {
  readonly name: string;
  readonly examples: readonly Json[];
}

/**
 * One of the payloads that GitHub's own package of examples holds, where the project has that package installed:
 * `deployment.created`, or with `#2` behind it the second one of the type. Its ids and times are the example's.
 * @param directory from where the package is looked for
 */
export function octokitSample(directory: string, type: string): Sample | undefined {
  const parts = /^([a-z_]+)(?:\.([a-z_]+))?(?:#(\d{1,4}))?$/.exec(type);
  const events = parts ? load(directory) : undefined;
  if (!parts || !events) return undefined;
  const [, name = "", action, number = "1"] = parts;
  const all = events.find((event) => event.name === name)?.examples ?? [];
  const fitting = all.filter((payload) => action === undefined || actionOf(payload) === action);
  const payload = fitting[Number(number) - 1];
  if (payload === undefined) return undefined;
  const own = actionOf(payload);
  return { type: own === undefined ? name : `${name}.${own}`, build: () => payload };
}

function load(directory: string): readonly GithubEvent[] | undefined {
  try {
    const found: unknown = createRequire(join(directory, "package.json"))(PACKAGE);
    return Array.isArray(found) ? (found as readonly GithubEvent[]) : undefined;
  } catch {
    // It is not there, which is the usual case.
    return undefined;
  }
}

function actionOf(payload: Json): string | undefined {
  if (typeof payload !== "object" || payload === null || !("action" in payload)) return undefined;
  const { action } = payload as { readonly action: Json };
  return typeof action === "string" ? action : undefined;
}
