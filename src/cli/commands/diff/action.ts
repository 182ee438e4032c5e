import { createHash } from "node:crypto";
import { type Body, bodySizeBytes, readBody } from "../../../core/model/body.ts";
import { credentialsOf } from "../../../core/model/request-credentials.ts";
import type { Action } from "../../settings/command.ts";
import { EXIT } from "../../terminal/exit.ts";
import { type BodyDiff, diffBodies, MOST_COMPARED_BYTES } from "./body-diff.ts";
import { type BodyFacts, diffToJson, printDiff, requestDiff } from "./request-diff.ts";
import { wholeBody } from "../../../core/model/body.ts";
import { requestNamed, withStore } from "../../running/with-store.ts";
import type { Given } from "./flags.ts";

/** Holds two requests against each other. */
export const diff: Action<Given> = async (at, names, flags) => {
  const [leftName, rightName] = names;
  if (leftName === undefined || rightName === undefined || names.length > 2) {
    throw flags.usage("two requests are compared");
  }
  return withStore(at, flags, async (store) => {
    const [left, right] = [requestNamed(leftName, store), requestNamed(rightName, store)];
    const isRaw = flags.isOn("raw");
    const mask = at.out.mask(flags.isOn("reveal")).and(credentialsOf(left, right));
    const [leftBody, rightBody] = [await factsOf(left.body), await factsOf(right.body)];
    const isLarge = Math.max(leftBody.sizeBytes, rightBody.sizeBytes) > MOST_COMPARED_BYTES;
    const body = isLarge
      ? diffOfLarge(leftBody, rightBody)
      : await diffBodies(await wholeBody(left.body), await wholeBody(right.body), { isRaw, mask });
    const found = requestDiff({ request: left, body: leftBody }, { request: right, body: rightBody }, body, isRaw);
    for (const { id, completeness } of new Set([left, right]))
      if (completeness !== "complete") at.err.line(`#${id} is ${completeness}: only what is stored of it is compared`);
    if (flags.isOn("json")) at.out.json(diffToJson(found, mask));
    else printDiff(at, found, mask);
    return found.isEqual ? EXIT.ok : EXIT.no;
  });
};

async function factsOf(body: Body): Promise<BodyFacts> {
  const hash = createHash("sha256");
  for await (const chunk of readBody(body)) hash.update(chunk);
  return { sizeBytes: bodySizeBytes(body), sha256: hash.digest("hex") };
}

function diffOfLarge(left: BodyFacts, right: BodyFacts): BodyDiff {
  const comparison = left.sha256 === right.sha256 ? "same" : "too-large";
  return { comparison, firstDifference: undefined, hunks: [] };
}
