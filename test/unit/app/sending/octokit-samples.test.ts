import { expect, test } from "vitest";
import { octokitSample } from "../../../../src/app/sending/octokit-samples.ts";
import type { Sample } from "../../../../src/core/samples/sample.ts";
import { root } from "../../../helpers/sources.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

const build = (sample: Sample | undefined): unknown => sample?.build({} as Parameters<Sample["build"]>[0]);

test("an example of GitHub's own package is found by event and action, and the second one by its number", () => {
  const first = octokitSample(root, "deployment.created");
  expect(first?.type).toBe("deployment.created");
  expect(build(first)).toMatchObject({ action: "created", deployment: {} });
  const [one, other] = ["issues.opened", "issues.opened#2"].map((type) => octokitSample(root, type));
  expect(other?.type).toBe("issues.opened");
  expect(build(other)).not.toEqual(build(one));
});

test("an event without an action is called by its name", () => {
  expect(octokitSample(root, "push")?.type).toBe("push");
});

test.each(["issues.opened#999", "issues.nothing", "nothing.created", "no type", "issues.opened#"])(
  "there is no example of %s",
  (type) => {
    expect(octokitSample(root, type)).toBeUndefined();
  },
);

test("a project without the package has no examples", () => {
  expect(octokitSample(temporaryFolder(), "push")).toBeUndefined();
});
