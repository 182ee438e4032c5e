import type { ErrorCategory } from "../../core/model/error-catalogue.ts";

/** Exit codes; `docs/cli.md` lists them from here. */
export const EXIT = {
  ok: 0,
  no: 1,
  usage: 2,
  notFound: 3,
  environment: 4,
  noAnswer: 5,
  bug: 70,
  timedOut: 124,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT] | ForeignExit;

/** The code of a program that hookcli ran, which becomes its own: from 0 to 255, anything may be meant by it. */
export type ForeignExit = number & { readonly isForeign: true };

export function foreignExit(code: number): ForeignExit {
  return code as ForeignExit;
}

/** What each code means, for the docs. */
export const exitMeanings: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: "all is well (also after a first Ctrl-C)",
  no: "the answer is no: the target did not accept the request",
  usage: "flags, arguments or a configuration file that cannot be used",
  notFound: "what was asked for is not there",
  environment: "port taken, store unwritable, Node too old",
  noAnswer: "a target gave no answer",
  bug: "a bug in hookcli",
  timedOut: "`wait` has waited long enough",
  interrupted: "second Ctrl-C",
  terminated: "second SIGTERM",
};

export function exitCodeOf(category: ErrorCategory): ExitCode {
  switch (category) {
    case "refused":
      return EXIT.no;
    case "usage":
      return EXIT.usage;
    case "not-found":
      return EXIT.notFound;
    case "environment":
      return EXIT.environment;
    case "no-answer":
      return EXIT.noAnswer;
    case "timed-out":
      return EXIT.timedOut;
    default:
      return category satisfies never;
  }
}
