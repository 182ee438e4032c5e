/** A signing key as a person gave it. Never printed. */
export interface Secret {
  /** Where it came from, for people: `--secret`, `HOOKCLI_SECRET_STRIPE`, `secrets.stripe in hookcli.config.json`. */
  readonly name: string;
  /** As it was given: `whsec_…`, plain text, a PEM key. How it becomes a key is the scheme's business. */
  readonly text: string;
  /** Only for this provider; undefined: for all. */
  readonly provider?: string | undefined;
}

/** The secrets to try on a request of a provider, in their order. */
export function secretsFor(secrets: readonly Secret[], provider: string): readonly Secret[] {
  return secrets.filter((secret) => secret.provider === undefined || secret.provider === provider);
}

/** Whether somebody named a secret for this very provider, and so expects its requests to be signed. */
export function isSignatureExpected(secrets: readonly Secret[], provider: string): boolean {
  return secrets.some((secret) => secret.provider === provider);
}
