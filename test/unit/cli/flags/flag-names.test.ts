import { expectTypeOf, test } from "vitest";
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

test("the names of flags are read from how they are written, each under what it gives", () => {
  expectTypeOf<TextName<Of>>().toEqualTypeOf<"limit" | "secret">();
  expectTypeOf<ListName<Of>>().toEqualTypeOf<"header">();
  expectTypeOf<SwitchName<Of>>().toEqualTypeOf<"max-colour" | "all">();
});

test("whoever takes more flags may be given in place of who takes fewer, and not the other way round", () => {
  expectTypeOf<FlagsOf<Of>>().toExtend<FlagsOf<Limit>>();
  expectTypeOf<FlagsOf<Limit>>().not.toExtend<FlagsOf<Of>>();
  expectTypeOf<FlagsOf>().not.toExtend<FlagsOf<Limit>>();
});
