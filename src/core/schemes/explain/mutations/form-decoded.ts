import { textVariation } from "../body-variation.ts";
import type { ComputedMutation } from "../mutation.ts";

/** A form was decoded before it was hashed. */
export const formDecoded: ComputedMutation = {
  name: "form-decoded",
  aspect: "body",
  says: "{detail} is hashed",
  fix: "Hash the form as it came, before it is decoded: in a handler, take the raw body before any form parser has it.",
  vary: (scene) => [
    textVariation(scene, "the field payload of the form alone", (text) => field(text, "payload")),
    textVariation(scene, "the field data of the form alone", (text) => field(text, "data")),
    textVariation(scene, "the form with its percent signs decoded", decoded),
    textVariation(scene, "the form written anew, a space as +", (text) => form(text)?.toString()),
    textVariation(scene, "the form written anew, a space as %20", (text) =>
      form(text)?.toString().replaceAll("+", "%20"),
    ),
    textVariation(scene, "the form as JSON", (text) => {
      const fields = form(text);
      return fields && JSON.stringify(Object.fromEntries(fields));
    }),
  ],
};

function form(text: string): URLSearchParams | undefined {
  return /^[^{}[\]<>\s"]+=/.test(text) && !/\s/.test(text) ? new URLSearchParams(text) : undefined;
}

function field(text: string, name: string): string | undefined {
  return form(text)?.get(name) ?? undefined;
}

function decoded(text: string): string | undefined {
  try {
    return form(text) && decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
