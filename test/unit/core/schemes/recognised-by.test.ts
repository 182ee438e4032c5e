import { expect, test } from "vitest";
import { EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { MessageView } from "../../../../src/core/schemes/message-view.ts";
import { askedWith, isFrom, isTextAt } from "../../../../src/core/schemes/recognised-by.ts";

const anyone = askedWith("challenge");
const bySome = askedWith("challenge", "SomeHooks");

test("a question says which name it has, and from whom it must be", () => {
  expect(anyone.says).toBe("challenge in the query");
  expect(bySome.says).toBe("challenge in the query, from a User-Agent that starts with SomeHooks");
});

test.each([
  ["GET", "/?challenge=1", "curl/8", true, false],
  ["GET", "/?a=b&challenge=1", "somehooks/1.0", true, true],
  ["POST", "/?challenge=1", "SomeHooks/1.0", false, false],
  ["GET", "/?challenge=", "SomeHooks/1.0", false, false],
  ["GET", "/challenge=1", "SomeHooks/1.0", false, false],
])("%s %s from %s: anyone's %j, theirs %j", (method, target, agent, isAnyones, isTheirs) => {
  const view = new MessageView({ method, target, headers: ["User-Agent", agent], body: EMPTY_BODY });
  expect([anyone.holds(view), bySome.holds(view)]).toEqual([isAnyones, isTheirs]);
});

test("a sender without a User-Agent is from nobody", () => {
  const view = new MessageView({ method: "GET", target: "/", headers: [], body: EMPTY_BODY });
  expect(isFrom(view, "curl")).toBe(false);
});

test.each([
  [{ a: { b: "c" } }, ["a", "b"], true],
  [{ a: { b: "" } }, ["a", "b"], true],
  [{ a: { b: 1 } }, ["a", "b"], false],
  [{ a: "b" }, ["a", "b"], false],
  [null, ["a"], false],
  [undefined, ["a"], false],
])("in %j a text stands at %j: %j", (json, steps, isThere) => {
  expect(isTextAt(json, ...steps)).toBe(isThere);
});
