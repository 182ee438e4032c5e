import { outgoingFaults } from "../../../core/faults/outgoing/index.ts";
import type { OutgoingFault } from "../../../core/faults/outgoing/outgoing-fault.ts";
import type { JsonEdit } from "../../../core/json/edit-json.ts";
import { badValue, type HookcliError } from "../../../core/model/errors.ts";
import { nearestOf } from "../../../core/model/nearest.ts";
import { parseDurationMs } from "../../../core/model/quantities.ts";
import { parseTarget, type Target } from "../../../core/model/target.ts";
import { findScheme } from "../../../core/schemes/known-schemes.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import type { ForwardOptions } from "../../../app/delivering/forwarder.ts";
import { readProvider } from "../../flag-groups/read-provider.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import {
  hasSecretFlag,
  readGivenBody,
  readShuffleSeed,
  readTargets,
  readValueEdits,
} from "../../flag-groups/read-sending.ts";
import { readForwardFlags } from "../../flag-groups/read-forward.ts";
import type { Given } from "./flags.ts";

/** What `send` was asked to do. */
export interface SendFlags {
  readonly types: readonly string[];
  readonly scheme: Scheme;
  /** Undefined: the running listener. */
  readonly targets: readonly Target[] | undefined;
  readonly path: string;
  readonly publicUrl: Target | undefined;
  /** `required`: --secret was given. */
  readonly signing: "never" | "required" | "where-known";
  /** The whole body; undefined: a sample. */
  readonly body: Uint8Array | undefined;
  readonly edits: readonly JsonEdit[];
  readonly eventId: string | undefined;
  /** The time that counts as now; the same as `nowMs` where none was given. */
  readonly timeAt: (nowMs: number) => number;
  readonly isTimeGiven: boolean;
  readonly apiVersion: string | undefined;
  readonly isThin: boolean;
  /** What is wrong on purpose, each once. */
  readonly faults: readonly OutgoingFault[];
  readonly rounds: number;
  /** How often each event is sent, from 1. */
  readonly copies: number;
  /** Starts in a second; undefined: as fast as they go. */
  readonly ratePerSecond: number | undefined;
  readonly concurrency: number;
  /** Undefined: in order. */
  readonly seed: number | undefined;
  readonly forward: ForwardOptions;
  readonly isForced: boolean;
  readonly isDryRun: boolean;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

const MOST_ROUNDS = 10_000_000;
const MOST_CONCURRENCY = 1000;
const MOST_COPIES = 1_000_000;
/** The order of more than this would not fit into memory. */
const MOST_SENDS = 10_000_000;
const MOST_PER_SECOND = 100_000;
/** With a rate nobody should have to think about it: a handler that takes two seconds keeps up with 50/s. */
const CONCURRENCY_OF_RATE = 100;

/** @throws BAD_VALUE, USAGE, FILE_UNREADABLE */
export async function readSendFlags(at: Surroundings, types: readonly string[], flags: Given): Promise<SendFlags> {
  refuseContradictions(types, flags);
  for (const type of types) refuseUnwritable(type);
  const scheme = readProvider(flags, "provider") ?? findScheme("generic", flags.schemes);
  if (!scheme) throw new Error("there is no scheme named generic");
  const rounds = flags.wholeNumber("count", 1, MOST_ROUNDS) ?? 1;
  const faults = readFaults(flags);
  const copies = Math.max(1 + (flags.wholeNumber("duplicate", 0, MOST_COPIES) ?? 0), ...faults.map(copiesOf));
  const ratePerSecond = readRate(flags);
  const eventId = readEventId(flags, types.length * rounds);
  refuseTooMany(types.length * rounds * copies, flags);
  const publicUrl = flags.text("public-url");
  return {
    types,
    scheme,
    targets: readTargets(flags),
    path: readPath(flags),
    publicUrl: publicUrl === undefined ? undefined : parseTarget(publicUrl, flags.nameOf("public-url")),
    signing: flags.isOn("unsigned") ? "never" : hasSecretFlag(flags) ? "required" : "where-known",
    edits: readValueEdits(flags),
    eventId,
    ...readTime(flags),
    apiVersion: flags.text("api-version"),
    isThin: flags.isOn("thin"),
    faults,
    rounds,
    copies,
    ratePerSecond,
    concurrency:
      flags.wholeNumber("concurrency", 1, MOST_CONCURRENCY) ?? (ratePerSecond === undefined ? 1 : CONCURRENCY_OF_RATE),
    seed: readShuffleSeed(flags),
    forward: { ...readForwardFlags(flags), preserveHost: false, concurrency: Infinity },
    isForced: flags.isOn("force"),
    isDryRun: flags.isOn("dry-run"),
    isJson: flags.isOn("json"),
    isQuiet: flags.isOn("quiet"),
    // Last: standard input is read once all else is right.
    body: await readGivenBody(at, flags.text("data")),
  };
}

function refuseContradictions(types: readonly string[], flags: Given): void {
  const secret = flags.text("secret");
  if (types.length === 0 && secret !== undefined && looksLikeType(secret))
    throw flags.usage(
      "no event type is left: --secret has taken the word behind it as its value. Write the type first (hookcli send order.completed --secret), or --secret=<value>",
    );
  if (types.length === 0)
    throw flags.usage("name an event type: order.completed, or with --provider stripe: invoice.paid");
  const spoiling = readFaults(flags).find(isAboutSignature);
  if (flags.isOn("unsigned") && spoiling)
    throw flags.usage(`--${flagOf(spoiling)} is about what is signed, and with --unsigned nothing is`);
  if (flags.text("data") !== undefined && flags.text("envelope") !== undefined && flags.isGiven("envelope"))
    throw flags.usage("--data is the whole body, so --envelope has nothing to form");
}

/** It means nothing where nothing is signed. */
export function isAboutSignature({ change }: OutgoingFault): boolean {
  return change.stage === "signed" || change.stage === "time";
}

/** @throws BAD_VALUE */
function readFaults(flags: Given): readonly OutgoingFault[] {
  const names = flags.list("fault").flatMap((text) => text.split(/[,\s]+/).filter(Boolean));
  const wanted = new Set(flags.isOn("tamper") ? ["tampered", ...names] : names);
  for (const name of wanted) if (!outgoingFaults.some((fault) => fault.name === name)) throw noFault(name, flags);
  return outgoingFaults.filter(({ name }) => wanted.has(name));
}

function noFault(name: string, flags: Given): HookcliError {
  const names = outgoingFaults.map((fault) => fault.name);
  const near = nearestOf(name, names);
  const problem = near === undefined ? `it is not one of ${names.join(", ")}` : `did you mean ${near}?`;
  return badValue(flags.nameOf("fault"), name, problem, `--fault ${near ?? "truncated"}`);
}

function copiesOf({ change }: OutgoingFault): number {
  return change.stage === "copies" ? change.copies : 1;
}

function flagOf({ name }: OutgoingFault): string {
  return name === "tampered" ? "tamper" : `fault ${name}`;
}

/** @throws BAD_VALUE for what no header can hold */
function refuseUnwritable(type: string): void {
  // oxlint-disable-next-line no-control-regex -- these are what it is about
  if (type.trim() === "" || type.length > 200 || /[\u0000-\u001f\u007f]/.test(type))
    throw badValue("an event type", type, "a type is 1 to 200 characters, none of them a line end", "order.completed");
}

/** `order.completed`, `orders/create`, `pull_request`: no secret is made of two small words; where one is may be. */
function looksLikeType(text: string): boolean {
  if (/^(?:env|file|cmd):/.test(text)) return false;
  return /^[a-z][a-z_]*(?:[./:][a-z][a-z_]*)+$/i.test(text) || /^(?:push|ping|[a-z]+_[a-z_]+)$/.test(text);
}

function readPath(flags: Given): string {
  const path = flags.text("path") ?? "/";
  if (!/^\/[\u0021-\u007e]*$/.test(path) || path.includes("#"))
    throw badValue(
      flags.nameOf("path"),
      path,
      "it is no path: it starts with /, and %XX stands for what is not ASCII",
      "--path /webhooks",
    );
  return path;
}

function readEventId(flags: Given, events: number): string | undefined {
  const id = flags.text("id");
  if (id === undefined) return undefined;
  if (!/^[\u0021-\u007e]{1,200}$/.test(id))
    throw badValue(flags.nameOf("id"), id, "an id is 1 to 200 characters of ASCII without spaces", "--id evt_1");
  if (events > 1)
    throw flags.usage(`--id names one event, and these are ${events}; --duplicate sends the same one again`);
  return id;
}

function readRate(flags: Given): number | undefined {
  const text = flags.text("rate");
  if (text === undefined) return undefined;
  const parts = /^(\d+(?:\.\d+)?)(?:\/(s|m|h))?$/.exec(text.trim());
  const rate = Number(parts?.[1] ?? 0) / ({ s: 1, m: 60, h: 3600 }[parts?.[2] ?? "s"] ?? 1);
  if (!(rate > 0 && rate <= MOST_PER_SECOND))
    throw badValue(
      flags.nameOf("rate"),
      text,
      "it is no number of starts in a second, a minute or an hour",
      "--rate 50/s",
    );
  return rate;
}

function readTime(flags: Given): Pick<SendFlags, "timeAt" | "isTimeGiven"> {
  const text = flags.text("timestamp")?.trim();
  if (text === undefined) return { timeAt: (nowMs) => nowMs, isTimeGiven: false };
  const name = flags.nameOf("timestamp");
  const relative = /^([+-])(.+)$/.exec(text);
  if (relative) {
    const offsetMs = parseDurationMs(relative[2] ?? "", name, 100 * 366 * 86_400_000);
    return { timeAt: (nowMs) => nowMs + (relative[1] === "-" ? -offsetMs : offsetMs), isTimeGiven: true };
  }
  const atMs = /^\d{9,11}$/.test(text) ? Number(text) * 1000 : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(atMs))
    throw badValue(name, text, "it is no time", "--timestamp -10m, or --timestamp 2026-11-22T14:00:00Z");
  return { timeAt: () => atMs, isTimeGiven: true };
}

function refuseTooMany(sends: number, flags: Given): void {
  if (sends > MOST_SENDS) throw flags.usage(`${sends} are too many to be sent at once: the limit is ${MOST_SENDS}`);
}
