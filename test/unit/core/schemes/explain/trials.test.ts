import { expect, test } from "vitest";
import type { Hypothesis } from "../../../../../src/core/schemes/explain/mutation.ts";
import { signatureEncoding } from "../../../../../src/core/schemes/explain/mutations/signature-encoding.ts";
import type { Reading } from "../../../../../src/core/schemes/explain/readings.ts";
import { SearchBudget } from "../../../../../src/core/schemes/explain/search-budget.ts";
import { Trials } from "../../../../../src/core/schemes/explain/trials.ts";
import { BODY, hmacHex, hypothesisFor, sceneFor, SIGNED_AT_S, stripeMessage } from "../../../../helpers/explained.ts";

const scene = sceneFor(stripeMessage());
const usual = hypothesisFor(scene);
const right = Buffer.from(hmacHex(`${SIGNED_AT_S}.${BODY}`), "hex");

function reading(bytes: Buffer, place = "X", mutations: Reading["mutations"] = []): Reading {
  return { bytes, text: bytes.toString("hex"), place, mutations };
}

function trials(mostChecks = 100): { readonly budget: SearchBudget; readonly trials: Trials } {
  const budget = new SearchBudget({ mostChecks, mostBytes: 10_000 });
  return { budget, trials: new Trials(scene, budget) };
}

test("the reading that fits is found, of several the plainest", async () => {
  const odd = reading(right, "odd", [{ mutation: signatureEncoding }]);
  const { trials: tried, budget } = trials();
  expect(await tried.match(usual, [reading(Buffer.alloc(32)), odd, reading(right, "plain")])).toMatchObject({
    place: "plain",
  });
  expect(budget).toMatchObject({ checks: 1, bytes: `${SIGNED_AT_S}.${BODY}`.length });
});

test("the same is not computed twice, whatever it is called", async () => {
  const { trials: tried, budget } = trials();
  const wrong = [reading(Buffer.alloc(32))];
  await tried.match(usual, wrong);
  await tried.match({ ...usual, body: Buffer.from(usual.body) }, wrong);
  await tried.match({ ...usual, content: "{ts}.{body}", url: "http://other.test" }, wrong);
  expect(budget.checks).toBe(1);
  await tried.match({ ...usual, secretText: "other" }, wrong);
  expect(budget.checks).toBe(2);
});

test("a digest that is as long as none of the signatures is not computed", async () => {
  const { trials: tried, budget } = trials();
  await tried.match({ ...usual, algorithm: "hmac-sha512" }, [reading(right)]);
  await tried.match(usual, []);
  expect(budget.checks).toBe(0);
});

test("no secret at all is a key, one that cannot be used is none", async () => {
  const { trials: tried, budget } = trials();
  const empty = Buffer.from(hmacHex(`${SIGNED_AT_S}.${BODY}`, ""), "hex");
  const without: Hypothesis = { ...usual, secretText: "" };
  expect(await tried.match(without, [reading(empty)])).toBeDefined();
  expect(await tried.match({ ...usual, keyForm: "hex" }, [reading(right)])).toBeUndefined();
  expect(budget.checks).toBe(1);
});

test("nothing is computed beyond the budget", async () => {
  const { trials: tried, budget } = trials(1);
  await tried.match(usual, [reading(Buffer.alloc(32))]);
  expect(
    await tried.match({ ...usual, content: "{body}" }, [reading(Buffer.from(hmacHex(BODY), "hex"))]),
  ).toBeUndefined();
  expect(budget).toMatchObject({ checks: 1, stoppedBy: "checks" });
});
