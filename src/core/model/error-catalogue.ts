/** What kind of trouble an error is; each kind has one exit code. */
export type ErrorCategory = "refused" | "usage" | "not-found" | "environment" | "no-answer" | "timed-out";

/** One kind of error. `{name}` in title and hint is filled from the error's details. */
export interface CatalogueEntry {
  readonly category: ErrorCategory;
  /** What happened, with the value. */
  readonly title: string;
  /** What to do next. */
  readonly hint: string;
}

/** Every error a person can meet. `docs/errors.md` is generated from it. */
export const errorCatalogue = {
  USAGE: {
    category: "usage",
    title: "{problem}",
    hint: "{help} shows how it is used.",
  },
  BAD_VALUE: {
    category: "usage",
    title: "{name} cannot be {value}: {problem}",
    hint: "Write it like this: {example}",
  },
  BAD_SECRET: {
    category: "usage",
    title: "the secret from {name} cannot sign for {provider}: {problem}",
    hint: "hookcli providers {provider} shows what a secret of it looks like",
  },
  NO_SECRET: {
    category: "usage",
    title: "there is no secret to sign for {provider} with",
    hint: "Give it with --secret <value>, in {variable}, or as secrets.{provider} in a configuration file (hookcli init shows how)",
  },
  SECRET_UNAVAILABLE: {
    category: "environment",
    title: "no secret came from {name}: {reason}",
    hint: "{advice}",
  },
  PROVIDER_NOT_FOUND: {
    category: "not-found",
    title: "there is no provider {name}",
    hint: "{advice}",
  },
  BAD_CONFIG: {
    category: "usage",
    title: "{place}: {problem}",
    hint: "{help} To go on without configuration files: --no-config",
  },
  BAD_FILTER: {
    category: "usage",
    title: "cannot use {term} in a filter, at character {at}: {problem}",
    hint: "{advice}",
  },
  BAD_FAULT_PLAN: {
    category: "usage",
    title: "cannot use {item} in a fault plan, at character {at}: {problem}",
    hint: "{advice}",
  },
  BAD_SCHEDULE: {
    category: "usage",
    title: "cannot use {piece} in a schedule, at character {at}: {problem}",
    hint: "{advice}",
  },
  TARGET_IS_CAPTURE: {
    category: "usage",
    title: "{target} is the capture URL itself: every request would go round in circles",
    hint: "Name the port of your app: hookcli listen --forward localhost:8000",
  },
  TARGET_LEADS_BACK: {
    category: "usage",
    title: "{target} leads back here, over {way}: every request would go round in circles",
    hint: "Name the port of your app, or stop the other listener",
  },
  NO_TARGET: {
    category: "usage",
    title:
      "nobody knows where request {id} should go: it was never forwarded, and no listener with a target is running",
    hint: "Name the target: hookcli replay {id} --to localhost:8000",
  },
  SEVERAL_LISTENERS: {
    category: "usage",
    title: "several listeners are running, so the target is not clear: {listeners}",
    hint: "Name the target: hookcli {again} --to localhost:8000",
  },
  NO_LISTENER: {
    category: "usage",
    title: "nobody knows where to send this: no listener is running, and no target is named",
    hint: "Start one (hookcli listen --forward localhost:8000), or name the target: hookcli {again} --to localhost:8000",
  },
  NOT_TAMPERABLE: {
    category: "usage",
    title: "no change of the body would break what {provider} sends: its signature says nothing about the body",
    hint: "Leave --tamper out; --unsigned, or a wrong --secret, is what its receivers can notice",
  },
  REQUEST_INCOMPLETE: {
    category: "usage",
    title: "request {id} is {completeness}: only {size} of its body were stored",
    hint: "hookcli replay {id} --force sends what is there",
  },
  REQUEST_MALFORMED: {
    category: "usage",
    title: "request {id} was not valid HTTP, so it cannot be sent again",
    hint: "hookcli show {id} --raw prints the bytes that came",
  },
  BODY_NOT_EDITABLE: {
    category: "usage",
    title: "the body cannot be edited: {problem}",
    hint: "{advice}",
  },
  BAD_EDIT: {
    category: "usage",
    title: "the edited request cannot be sent: line {line}: {problem}",
    hint: "Nothing was sent and the edit is gone. Lines before the first blank one are the request line and headers",
  },
  NOT_CONFIRMED: {
    category: "usage",
    title: "{deed}, and nobody can be asked here whether that is meant",
    hint: "Add --yes to do it, or --dry-run to see what it would be",
  },
  RAW_TO_TERMINAL: {
    category: "usage",
    title: "the body of request {id} holds control characters, which a terminal would obey",
    hint: "Send it somewhere else: hookcli show {id} --raw > body.bin (or --body for an escaped view)",
  },
  BAD_IMPORT: {
    category: "usage",
    title: "cannot import {place}: {problem}",
    hint: "What can be read: files of hookcli export, HAR files, raw HTTP messages, and curl commands",
  },
  REQUEST_NOT_FOUND: {
    category: "not-found",
    title: "there is no request {reference} in {store}",
    hint: "hookcli list shows what is stored",
  },
  SCHEDULE_NOT_FOUND: {
    category: "not-found",
    title: "there is no schedule {name}",
    hint: "{advice}",
  },
  SAMPLE_NOT_FOUND: {
    category: "not-found",
    title: "hookcli has no sample of {type} for {provider}",
    hint: "{advice}",
  },
  NOTHING_SELECTED: {
    category: "not-found",
    title: "no request in {store} matches {selection}",
    hint: "hookcli list shows what is stored; malformed ones are left out unless is:malformed asks for them",
  },
  BODY_FILE_MISSING: {
    category: "not-found",
    title: "this body was spooled to {path}, and that file is gone or unreadable ({reason})",
    hint: "The rest is still in the store: hookcli show <request> --headers",
  },
  BODY_FILE_REFUSED: {
    category: "not-found",
    title: "this body is not read: {reason}",
    hint: "Somebody else made this store, or changed it. The rest is still there: hookcli show <request> --headers",
  },
  PORT_IN_USE: {
    category: "environment",
    title: "port {port} on {host} is taken by another program",
    hint: "Choose another one: hookcli listen --port {next}, or leave --port out for the next free one",
  },
  CANNOT_BIND: {
    category: "environment",
    title: "cannot listen on {host} port {port} ({reason})",
    hint: "Use --host 127.0.0.1 and a port above 1023",
  },
  STORE_UNREADABLE: {
    category: "environment",
    title: "cannot open the store {path} ({reason})",
    hint: "Check the folder's owner and mode, or name another file: --db <file>",
  },
  STORE_EXPOSED: {
    category: "environment",
    title: "the store {path} would not be safe: {reason}",
    hint: "{advice}, or name another file: --db <file>",
  },
  STORE_NOT_OURS: {
    category: "environment",
    title: "{path} is not a hookcli store ({reason})",
    hint: "Name another file: --db <file>. Nothing was changed.",
  },
  STORE_TOO_NEW: {
    category: "environment",
    title: "{path} was written by a newer hookcli (schema {found}, this one knows {known})",
    hint: "Update with npm install -g hookcli@latest, or name another file: --db <file>. Nothing was changed.",
  },
  STORE_CORRUPT: {
    category: "environment",
    title: "the store {path} is damaged ({reason}); nothing is acknowledged while it is in use",
    hint: "Move everything of it away (mkdir {path}.damaged && mv {path} {path}-* {path}.damaged/): a fresh store is made then, and hookcli info --recover saved.db --db <the old file> saves what can be read of the old one",
  },
  STORE_FULL: {
    category: "environment",
    title: "the disk that holds {path} is full; requests are answered 503 and not stored",
    hint: "Make room. Capture goes on by itself as soon as there is some.",
  },
  STORE_UNWRITABLE: {
    category: "environment",
    title: "the store {path} cannot be written ({reason}); requests are answered 503 and not stored",
    hint: "Capture goes on by itself as soon as writing works again",
  },
  STORE_MOVED: {
    category: "environment",
    title: "{path} is not the store that it was: {what}",
    hint: "{remedy}",
  },
  STORE_BUSY: {
    category: "environment",
    title: "another process has kept the store {path} locked for {seconds} s",
    hint: "Find it with: lsof {path}, or use a store of your own: --db <file>",
  },
  SQLITE_UNFIT: {
    category: "environment",
    title: "SQLite cannot be loaded on this system ({system}): {reason}",
    hint: "hookcli runs on {supported}. {advice}",
  },
  INCOMPLETE_INSTALL: {
    category: "environment",
    title: "a part of hookcli is missing: {part}",
    hint: "Install it anew: npm install -g hookcli@latest",
  },
  SQLITE_TOO_OLD: {
    category: "environment",
    title: "SQLite {found} can damage a store that two processes use (fixed in {needed})",
    hint: "Reinstall hookcli: npm install -g hookcli@latest",
  },
  FILE_UNREADABLE: {
    category: "environment",
    title: "cannot read {path} ({reason})",
    hint: "Check the name and its permissions",
  },
  FILE_REFUSED: {
    category: "environment",
    title: "{path} is left alone: {reason}",
    hint: "{advice}. Nothing was changed.",
  },
  FILE_EXISTS: {
    category: "environment",
    title: "{path} is there already",
    hint: "Nothing was changed. To write over it: {again}",
  },
  FILE_UNWRITABLE: {
    category: "environment",
    title: "cannot write {path} ({reason})",
    hint: "Check the folder, its permissions and the room on the disk",
  },
  COMMAND_NOT_STARTED: {
    category: "environment",
    title: "cannot run {command} ({reason})",
    hint: "{advice}",
  },
  WAIT_TIMEOUT: {
    category: "timed-out",
    title: "waited {duration}: {seen} of {count} matching requests came",
    hint: "{next}",
  },
  NO_ANSWER: {
    category: "no-answer",
    title: "{url} gave no answer: {reason} ({detail})",
    hint: "{advice}, then: hookcli replay {id}",
  },
  EVENT_UNANSWERED: {
    category: "no-answer",
    title: "{url} gave no answer: {reason} ({detail})",
    hint: "{advice}, or name another one with --to, and send it again",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
