import { expect, test } from "vitest";
import type { ListName, SwitchName, TextName } from "../../../../src/cli/flags/flag-names.ts";
import type { FlagsOf } from "../../../../src/cli/settings/flags.ts";

interface Limit {
  readonly flags: "-n, --limit <number>";
  readonly description: string;
}
interface Secret {
  readonly flags: "--secret [value]";
  readonly description: string;
}
interface Header {
  readonly flags: "-H, --header <field>";
  readonly description: string;
  readonly isRepeatable: true;
}
interface NoColour {
  readonly flags: "--no-max-colour";
  readonly description: string;
}
interface All {
  readonly flags: "-a, --all";
  readonly description: string;
}
type Of = Limit | Secret | Header | NoColour | All;

/** True where two types are the same. */
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;
type Extends<One, Other> = [One] extends [Other] ? true : false;

test("the names of flags are read from how they are written, each under what it gives", () => {
  const texts: Same<TextName<Of>, "limit" | "secret"> = true;
  const lists: Same<ListName<Of>, "header"> = true;
  const switches: Same<SwitchName<Of>, "max-colour" | "all"> = true;
  expect([texts, lists, switches]).toEqual([true, true, true]);
});

test("whoever takes more flags may be given in place of who takes fewer, and not the other way round", () => {
  const more: Extends<FlagsOf<Of>, FlagsOf<Limit>> = true;
  const fewer: Extends<FlagsOf<Limit>, FlagsOf<Of>> = false;
  const none: Extends<FlagsOf, FlagsOf<Limit>> = false;
  expect([more, fewer, none]).toEqual([true, false, false]);
});
