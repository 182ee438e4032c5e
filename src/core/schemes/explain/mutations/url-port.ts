import type { ComputedMutation } from "../mutation.ts";
import { urlVariation } from "../variation.ts";

/** The port is part of the address, or is not. */
export const urlPort: ComputedMutation = {
  name: "url-port",
  aspect: "url",
  says: "the address is {url}",
  fix: "Give the address exactly as {provider} has it: --public-url {url}",
  vary: () => [
    urlVariation(({ protocol, port, host }, text) => {
      if (port !== "") return text.replace(`//${host}`, `//${host.replace(/:\d+$/, "")}`);
      const written = /^https?:\/\/[^/?#]*?(:\d+)?(?=[/?#]|$)/.exec(text)?.[1];
      if (written !== undefined) return text.replace(written, "");
      return text.replace(/^(https?:\/\/[^/?#]+)/, `$1:${protocol === "https:" ? 443 : 80}`);
    }),
  ],
};
