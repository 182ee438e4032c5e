import { expect, test } from "vitest";
import { textOf } from "../helpers/sources.ts";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

test("no optional platform package is missing from the lock file, or npm ci fails in a fresh clone", () => {
  const { packages } = JSON.parse(textOf("package-lock.json")) as Lock;
  const paths = Object.keys(packages);
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.entries(optionalDependencies ?? {}))
    .filter(([name]) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))
    .map(([name, range]) => `${name}@${range}`);
  expect(missing).toEqual([]);
});
