import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";

/** Whether a program of this name can be run from PATH. */
export function tool(name: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

/** A test that needs programs. Without them it is skipped with the reason, and in CI (where the set-up installs them) it fails. */
export function testWithTool(
  needed: string | readonly string[],
  title: string,
  body: () => void | Promise<void>,
): void {
  const missing = missingOf(needed);
  if (missing.length === 0) test(title, body);
  else standIn(title, missing);
}

/** A group of tests that needs programs; one stand-in is skipped, or fails in CI, when they are missing. */
export function describeWithTool(needed: string | readonly string[], title: string, body: () => void): void {
  const missing = missingOf(needed);
  if (missing.length === 0) describe(title, body);
  else standIn(title, missing);
}

/** A group of tests for some platforms (`linux-x64`); elsewhere one stand-in is skipped, in CI too: no set-up mends that. */
export function describeOnPlatform(platforms: readonly string[], title: string, body: () => void): void {
  const here = `${process.platform}-${process.arch}`;
  if (platforms.includes(here)) describe(title, body);
  else test(title, (context) => context.skip(`runs on ${platforms.join(" and ")} only, and this is ${here}`));
}

/** A test that needs a second user of the machine, whose files only root can make. */
export function testAsRoot(title: string, body: () => void | Promise<void>): void {
  if (process.geteuid?.() === 0) test(title, body);
  else test(title, (context) => context.skip("needs root: it makes files of another user"));
}

function standIn(title: string, missing: readonly string[]): void {
  skipLoudly(title, `needs ${missing.join(", ")} in PATH (npm run test:setup)`);
}

function skipLoudly(title: string, reason: string): void {
  test(title, (context) => {
    if (isCi()) expect.fail(reason);
    context.skip(reason);
  });
}

function missingOf(needed: string | readonly string[]): readonly string[] {
  return [needed].flat().filter((name) => !tool(name));
}

function isCi(): boolean {
  const ci = process.env["CI"];
  return ci !== undefined && !["", "0", "false"].includes(ci);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A group of tests that needs a circumstance; where `obstacle` says that it is not given, one stand-in is skipped, or fails in CI. */
export function describeUnless(obstacle: string | undefined, title: string, body: () => void): void {
  if (obstacle === undefined) describe(title, body);
  else skipLoudly(title, obstacle);
}
