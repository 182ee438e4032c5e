/** Where the value of a setting comes from. */
export type SettingOrigin =
  | { readonly kind: "flag" }
  | { readonly kind: "environment"; readonly variable: string }
  /** `key` as it stands there (`listen.port`); `place` is path, line and column as far as they are known. */
  | { readonly kind: "file"; readonly key: string; readonly place: string }
  | { readonly kind: "default" };

/** `flag`, `environment HOOKCLI_PORT`, `/shop/hookcli.config.jsonc:3:5` or `default`. */
export function originText(origin: SettingOrigin): string {
  switch (origin.kind) {
    case "flag":
    case "default":
      return origin.kind;
    case "environment":
      return `environment ${origin.variable}`;
    case "file":
      return origin.place;
    default:
      return origin satisfies never;
  }
}
