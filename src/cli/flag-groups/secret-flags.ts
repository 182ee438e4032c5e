import type { Flag } from "../flags/flag.ts";

/** For commands that judge; `readSecrets` reads it. */
export const secretFlag = {
  flags: "--secret <value>",
  description:
    "signing secret, or @file for a key in PEM; again for more (instead: HOOKCLI_SECRET, HOOKCLI_SECRET_<PROVIDER>, a configuration file)",
  isRepeatable: true,
} as const satisfies Flag;

/** For commands that sign; `secretForSigning` reads it. Without a value it only says that a signature is wanted. */
export const signingSecretFlag = {
  flags: "--secret [value]",
  description:
    "sign with this secret, or @file for a key in PEM; without a value: HOOKCLI_SECRET_<PROVIDER>, HOOKCLI_SECRET or a configuration file, else you are asked",
  isSingle: true,
} as const satisfies Flag;
