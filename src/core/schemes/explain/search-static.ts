import type { Secret } from "../../model/secret.ts";
import { isEqual } from "../digest.ts";
import { type Diagnosis, diagnosisOf } from "./diagnosis.ts";
import type { Hypothesis, Scene } from "./mutation.ts";
import { computedMutations } from "./mutations/index.ts";

/** The same as `search` for a secret that is sent along as it is: nothing is computed, only the secret can be another one. */
export function searchStatic(
  scene: Scene,
  token: string,
  place: string,
  secrets: readonly Secret[],
): Diagnosis | undefined {
  const { scheme, body, otherSecrets, urls } = scene;
  for (const mutation of computedMutations) {
    if (mutation.aspect !== "secret") continue;
    for (const variation of mutation.vary(scene)) {
      for (const secret of secrets.length > 0 ? secrets : otherSecrets) {
        const hypothesis: Hypothesis = {
          scheme,
          rule: undefined,
          secret,
          secretText: secret.text,
          keyForm: "utf8",
          algorithm: "sha256",
          body,
          content: undefined,
          presented: undefined,
          timestamp: undefined,
          url: urls[0] ?? "",
        };
        const changed = variation.apply(hypothesis);
        if (changed && changed.secretText !== "" && isEqual(changed.secretText, token))
          return diagnosisOf([{ mutation, detail: variation.detail }], changed, { place }, scene);
      }
    }
  }
  return undefined;
}
