import { ruleOf } from "../../template-rule.ts";
import type { ComputedMutation } from "../mutation.ts";
import { variation } from "../variation.ts";

/** The request follows the rule of another scheme. */
export const otherScheme: ComputedMutation = {
  name: "other-scheme",
  aspect: "scheme",
  says: "it is read by the rule of {detail}",
  fix: "Say whose request this is: --provider {detail}",
  *vary({ schemes, scheme, view }) {
    for (const other of schemes) {
      const rule = other.name === scheme.name ? undefined : ruleOf(other);
      const presented = rule?.present(view);
      if (!rule || presented?.kind !== "present") continue;
      const [first] = presented.signatures;
      const { algorithm, key: keyForm } = rule;
      yield variation(other.name, (hypothesis) => ({
        ...hypothesis,
        scheme: other,
        rule,
        algorithm,
        keyForm,
        presented: first,
        timestamp: first?.timestamp?.text,
        content: undefined,
      }));
    }
  },
};
