import type { ComputedMutation } from "../mutation.ts";
import { urlVariation } from "../variation.ts";

function replacePath(text: string, change: (path: string) => string): string {
  const parts = /^(https?:\/\/[^/?#]+)([^?#]*)(.*)$/s.exec(text);
  return parts ? `${parts[1] ?? ""}${change(parts[2] ?? "")}${parts[3] ?? ""}` : text;
}

/** The path that was signed is not the one that was asked for. */
export const urlPath: ComputedMutation = {
  name: "url-path",
  aspect: "url",
  says: "the address is {url}",
  fix: "Give the address exactly as {provider} has it: --public-url {url}",
  vary: () => [
    urlVariation(({ pathname }, text) =>
      pathname.endsWith("/") ? replacePath(text, (path) => path.replace(/\/$/, "")) : undefined,
    ),
    urlVariation(({ pathname }, text) =>
      pathname.endsWith("/") ? undefined : replacePath(text, (path) => `${path}/`),
    ),
    urlVariation((_, text) => replacePath(text, () => "/")),
    urlVariation((_, text) => replacePath(text, () => "")),
    urlVariation((_, text) => replacePath(text, (path) => path.replace(/^\/[^/]+(?=\/)/, ""))),
  ],
};
