import type { ComputedMutation } from "../mutation.ts";
import { contentVariation } from "../variation.ts";

const CONTENTS = [
  "{ts}.{body}",
  "{ts}{body}",
  "{ts}:{body}",
  "v0:{ts}:{body}",
  "{id}.{ts}.{body}",
  "{ts}.{id}.{body}",
  "{id}.{body}",
  "{id}{ts}{body}",
  "{body}{ts}",
  "{body}.{ts}",
  "{ts}|{body}",
  "{ts}\n{body}",
  "v1:{ts}:{body}",
  "t={ts}.{body}",
  "{url}{body}",
  "{body}{url}",
  "{url}.{body}",
  "{url}{ts}{body}",
  "{path}{body}",
  "{method}{url}{body}{ts}",
  "{method}{url}{body}",
  "{method}{path}{body}",
  "{method}{path}{ts}{body}",
  "{ts}.{method}.{path}.{body}",
  "{method}\n{path}\n{ts}\n{body}",
];

/** What stands beside the body was put together in another way. */
export const contentForm: ComputedMutation = {
  name: "content-form",
  aspect: "content",
  says: "{detail} is hashed",
  fix: "Hash {describes}: that is what {provider} signs, in this order and with nothing else between.",
  vary: ({ rule }) =>
    CONTENTS.filter((content) => content !== rule?.describes).map((content) => contentVariation(content)),
};
