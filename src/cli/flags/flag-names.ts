import type { Flag } from "./flag.ts";

type AfterDashes<Written extends string> = Written extends `${string}--${infer Rest}` ? Rest : never;

type WithoutNo<Name extends string> = Name extends `no-${infer Rest}` ? Rest : Name;

/** `max-body` of `--max-body <size>`, `edit` of `-e, --edit`, `config` of `--no-config`. */
type NameOf<Of extends Flag> =
  AfterDashes<Of["flags"]> extends `${infer Name} ${string}` ? Name : WithoutNo<AfterDashes<Of["flags"]>>;

type KindOf<Of extends Flag> = Of extends { readonly isRepeatable: true }
  ? "list"
  : Of["flags"] extends `${string}<${string}` | `${string}[${string}`
    ? "text"
    : "switch";

type NameOfKind<Of extends Flag, Kind> = Of extends Flag ? (KindOf<Of> extends Kind ? NameOf<Of> : never) : never;

/** Names of the flags that take one text. */
export type TextName<Of extends Flag> = NameOfKind<Of, "text">;

/** Names of the flags that may be given several times. */
export type ListName<Of extends Flag> = NameOfKind<Of, "list">;

/** Names of the flags that are there or not. */
export type SwitchName<Of extends Flag> = NameOfKind<Of, "switch">;

/** Names of flags, whatever they give. */
export type FlagName<Of extends Flag> = NameOfKind<Of, "text" | "list" | "switch">;
