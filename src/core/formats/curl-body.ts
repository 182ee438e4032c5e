import { badImport } from "./check-import.ts";
import type { CurlOption } from "./curl-options.ts";
import { formEncoded } from "./encodings.ts";

/** What the options about data amount to. */
export interface CurlBody {
  /** Wire text; undefined where no option gave any. */
  readonly content: string | undefined;
  readonly isJson: boolean;
}

/**
 * The body that curl would send, or with `--get` the query. Parts are joined by `&`, those of `--json` by nothing.
 * @param fed what is piped in, for `@-`
 * @throws BAD_IMPORT where a part is a file
 */
export function curlBody(options: readonly CurlOption[], fed: string | undefined, place: string): CurlBody {
  let content: string | undefined;
  let isJson = false;
  for (const option of options) {
    const part = partOf(option, fed, place);
    if (part === undefined) continue;
    if (option.name === "json") isJson = true;
    content = content === undefined ? part : `${content}${option.name === "json" ? "" : "&"}${part}`;
  }
  return { content, isJson };
}

function partOf({ name, value }: CurlOption, fed: string | undefined, place: string): string | undefined {
  switch (name) {
    case "data":
    case "data-ascii":
      return value.startsWith("@") ? read(value, fed, place).replaceAll(/[\r\n\0]/g, "") : value;
    case "json":
    case "data-binary":
      return value.startsWith("@") ? read(value, fed, place) : value;
    case "data-raw":
      return value;
    case "data-urlencode":
      return urlencoded(value, fed, place);
    default:
      return undefined;
  }
}

/** `content`, `=content`, `name=content`, `@file`, `name@file`: of which only the content is encoded. */
function urlencoded(value: string, fed: string | undefined, place: string): string {
  const [, name = "", sign = "", content = ""] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? ["", "", "=", value];
  const encoded = formEncoded(sign === "@" ? read(`@${content}`, fed, place) : content);
  return name === "" ? encoded : `${name}=${encoded}`;
}

function read(value: string, fed: string | undefined, place: string): string {
  if (value !== "@-")
    throw badImport(place, `its data is in the file ${JSON.stringify(value.slice(1))}; write it into the command`);
  if (fed === undefined) throw badImport(place, "its data comes from standard input (@-); write it into the command");
  return fed;
}
