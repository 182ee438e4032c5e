import { expect, test } from "vitest";
import { textOf } from "../helpers/sources.ts";

interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

test("each package with an install script is allowed or denied, or npm ci warns of it", () => {
  const { packages } = JSON.parse(textOf("package-lock.json")) as Lock;
  const { allowScripts } = JSON.parse(textOf("package.json")) as { allowScripts: Readonly<Record<string, boolean>> };
  const withScripts = Object.keys(packages)
    .filter((path) => packages[path]?.hasInstallScript === true)
    .map((path) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
  expect(withScripts).toContain("node");
  expect(withScripts.filter((name) => allowScripts[name] === undefined)).toEqual([]);
});

test("no optional platform package is missing from the lock file, or npm ci fails in a fresh clone", () => {
  const { packages } = JSON.parse(textOf("package-lock.json")) as Lock;
  const paths = Object.keys(packages);
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.entries(optionalDependencies ?? {}))
    .filter(([name]) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))
    .map(([name, range]) => `${name}@${range}`);
  expect(missing).toEqual([]);
});
