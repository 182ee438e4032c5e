import { errorCatalogue, type ErrorCategory, type ErrorCode } from "./error-catalogue.ts";

export type ErrorDetails = Readonly<Record<string, string | number>>;

/** Trouble that a person can do something about. Anything else that is thrown is a bug in hookcli. */
export class HookcliError extends Error {
  override readonly name = "HookcliError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(fill(errorCatalogue[code].title, details), options);
    this.code = code;
    this.details = details;
  }

  /** Message and hint with every detail as `shown` gives it back: an address or a value may hold a credential. */
  told(shown: (detail: string) => string): { readonly message: string; readonly hint: string } {
    const details = Object.fromEntries(
      Object.entries(this.details).map(([name, detail]) => [name, typeof detail === "string" ? shown(detail) : detail]),
    );
    const { title, hint } = errorCatalogue[this.code];
    return { message: fill(title, details), hint: fill(hint, details) };
  }

  get category(): ErrorCategory {
    return errorCatalogue[this.code].category;
  }

  get hint(): string {
    return fill(errorCatalogue[this.code].hint, this.details);
  }
}

/** A value that a person gave and that cannot be used; `example` is one that can. */
export function badValue(name: string, value: string, problem: string, example: string): HookcliError {
  return new HookcliError("BAD_VALUE", { name, value: JSON.stringify(value), problem, example });
}

function fill(template: string, details: ErrorDetails): string {
  return template.replaceAll(/\{(\w+)\}/g, (blank, name: string) => String(details[name] ?? blank));
}
