import { expect, test } from "vitest";
import { schemes } from "../../../../src/core/schemes/index.ts";
import { ruleOf } from "../../../../src/core/schemes/template-rule.ts";
import { urlSignerNames } from "../../../../src/cli/flag-groups/url-signer-names.ts";

test("the names that help shows are those of the schemes that sign the whole address", () => {
  const signers = schemes.filter((scheme) => ruleOf(scheme)?.describes.includes("{url}") === true);
  expect(urlSignerNames.toSorted()).toEqual(signers.map(({ title }) => title).toSorted());
  expect(signers.filter((scheme) => ruleOf(scheme)?.signsUrl !== true)).toEqual([]);
});
