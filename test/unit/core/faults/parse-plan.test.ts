import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePlan } from "../../../../src/core/faults/parse-plan.ts";
import { printPlan } from "../../../../src/core/faults/plan.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { planText } from "../../../helpers/fault-plans.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

const before = { options: {}, isAfter: false };

describe("a plan", () => {
  test("is faults with commas between them: each once, or as often as it says, and the last one stays", () => {
    expect(parsePlan("500x2, timeout:20s ,reset,429:retry-after=3,OK")).toEqual([
      { ...before, fault: "status", options: { status: 500 }, times: 2 },
      { ...before, fault: "timeout", options: { durationMs: 20_000 }, times: 1 },
      { ...before, fault: "reset", times: 1 },
      { ...before, fault: "status", options: { status: 429, headers: [["retry-after", "3"]] }, times: 1 },
      { ...before, fault: "ok", times: undefined },
    ]);
  });

  test("whose last fault has a count ends with it", () => {
    expect(parsePlan("resetx3")).toEqual([{ ...before, fault: "reset", times: 3 }]);
  });

  test.each([
    ["after:reset", "reset", {}],
    ["After:500X2", "status", { status: 500 }],
    ["after:delay:5s", "delay", { durationMs: 5000 }],
  ])("%s lies to the sender once the handler has answered", (text, fault, options) => {
    expect(parsePlan(text)).toMatchObject([{ fault, options, isAfter: true }]);
  });

  test.each([
    ["timeout", {}],
    ["timeout:0", { durationMs: 0 }],
    ["timeout:1.5s", { durationMs: 1500 }],
    ["truncate:1KiB", { bytes: 1024 }],
    ["slow:10B/s", { bytesPerSecond: 10 }],
    ["slow:10", { bytesPerSecond: 10 }],
    ["redirect:https://example.com/a;b?c=d:e", { url: "https://example.com/a;b?c=d:e" }],
    ['redirect:"/a,b"', { url: "/a,b" }],
    ['500:body="a, \\"b\\"";x-a=1', { status: 500, headers: [["x-a", "1"]], body: 'a, "b"' }],
    ["500:body=", { status: 500, body: "" }],
    ["204", { status: 204 }],
  ])("%s takes what stands behind its colon", (text, options) => {
    expect(parsePlan(text)).toEqual([expect.objectContaining({ options, times: undefined })]);
  });

  test.each([
    ["timeout:20sx3", { durationMs: 20_000 }],
    ["429:retry-after=3x3", { status: 429, headers: [["retry-after", "3"]] }],
    ['redirect:"/a"x3', { url: "/a" }],
  ])("%s has a count behind that", (text, options) => {
    expect(parsePlan(text)).toEqual([expect.objectContaining({ options, times: 3 })]);
  });
});

describe("an error", () => {
  test.each([
    ["", "nothing", 1, "here a fault should stand", /^Faults are timeout, .*, and any status/],
    ["500,", "nothing", 5, "here a fault should stand", /hookcli faults/],
    ["500,,ok", "nothing", 5, "here a fault should stand", /hookcli faults/],
    ["500x2,rset", "rset", 7, "there is no fault rset", /^Did you mean reset\?$/],
    ["status", "status", 1, "there is no fault status", /any status such as 500/],
    ["5xx", "5xx", 1, "5 is no status that answers a request", /three digits from 200 to 999/],
    ["2x500", "2x500", 1, "2 is no status that answers a request", /how often stands behind it: 500x2/],
    ["101", "101", 1, "101 is no status that answers a request", /from 200 to 999/],
    ["after:", "after:", 7, "after: stands before a fault", /after:reset/],
    ["after", "after", 1, "after: stands before a fault", /after:reset/],
    ["afterreset", "afterreset", 1, "after: stands before a fault", /after:reset/],
    ["after:after:500", "after:after:500", 7, "after: stands before a fault", /after:reset/],
    ["after:ok", "after:ok", 7, "after ok nobody would be lied to", /^Leave after: out$/],
    ["delay", "delay", 5, "nothing stands behind delay", /delay:12s/],
    ["timeout:", "timeout:", 8, "nothing stands behind timeout", /timeout:20s/],
    ["timeout:20", "timeout:20", 9, "it is not a duration", /timeout:20s/],
    ["reset:5s", "reset:5s", 6, "reset takes nothing", /^Leave out what stands behind it: reset$/],
    ["slow:0", "slow:0", 6, "at no pace nothing would ever come; timeout is the fault for that", /slow:10/],
    ["truncate:x", "truncate:x", 10, "it is not a size", /truncate/],
    ["redirect:elsewhere", "redirect:elsewhere", 10, /^it is no URL/, /redirect:\/elsewhere/],
    [
      "ok,redirect:/ax2",
      "redirect:/ax2",
      15,
      "x2 may belong to /ax2 or say how often",
      /^Quote .*: "\/a"x2, or "\/ax2"$/,
    ],
    ["500:retry-after", "500:retry-after", 16, "= and a value should follow retry-after", /429:retry-after=3/],
    ["500:", "500:", 5, "here the name of a header should stand, or body", /body="\{\}"/],
    ["500:body=a;body=b", "500:body=a;body=b", 12, "it has a body already", /one of them/],
    ["500:Content-Length=5", "500:Content-Length=5", 20, /^Content-Length belongs to the connection/, /truncate/],
    ['500:x-a="a\nb"', '500:x-a="a\nb"', 9, "a header cannot hold a control character", /429/],
    ["204:body=no", "204:body=no", 1, "a 204 has no body", /Leave the body out/],
    ['500:body="a,ok', '500:body="a', 10, "this quote is never closed", /Close it/],
    ["500x0", "500x0", 4, "how often is a number from 1 to 1000000", /500x2/],
    ["500 x2", "500 x2", 4, "what begins here belongs to nothing", /x2/],
    ["500*2", "500*2", 4, "what begins here belongs to nothing", /how often is written x2/],
  ])("about %j says where, why and what to write", (text, item, at, problem, advice) => {
    const thrown = errorOf(text);
    expect(thrown).toMatchObject({ code: "BAD_FAULT_PLAN", category: "usage", details: { at } });
    expect(thrown.details["item"]).toBe(item);
    if (typeof problem === "string") expect(thrown.details["problem"]).toBe(problem);
    else expect(thrown.details["problem"]).toMatch(problem);
    expect(thrown.hint).toMatch(advice);
    expect(thrown.message).toBe(`cannot use ${item} in a fault plan, at character ${at}: ${thrown.details["problem"]}`);
  });

  test("says what to underline", () => {
    expect(errorOf("500x2, rset ,ok").details).toMatchObject({ from: 7, to: 11 });
  });

  test("comes for more than anybody writes", () => {
    expect(parsePlan(Array(100).fill("500").join(","))).toHaveLength(100);
    expect(errorOf(Array(101).fill("500").join(",")).message).toContain(
      "at character 401: a plan has at most 100 items",
    );
    expect(errorOf(`redirect:/${"a".repeat(4000)}`).message).toContain("a plan has at most 4000 characters");
  });
});

test("any text is a plan or BAD_FAULT_PLAN, and a plan that is printed and read again is the same", () => {
  const text = fc.oneof(hostileText, planText, planText);
  const examples = nastyStrings.map((nasty): [string] => [nasty]);
  fc.assert(
    fc.property(text, (written) => {
      try {
        const plan = parsePlan(written);
        expect(parsePlan(printPlan(plan))).toEqual(plan);
      } catch (error) {
        if (!(error instanceof HookcliError)) throw error;
        expect(error.code).toBe("BAD_FAULT_PLAN");
        expect(`${error.message} ${error.hint}`).not.toMatch(/\{(?:item|at|problem|advice)\}/);
      }
    }),
    { numRuns: 3000, examples },
  );
});

function errorOf(text: string): HookcliError {
  try {
    parsePlan(text);
  } catch (error) {
    if (error instanceof HookcliError) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}
