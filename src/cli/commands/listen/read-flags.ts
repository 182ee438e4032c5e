import type { Filter } from "../../../core/filter/filter.ts";
import { parseFilter } from "../../../core/filter/parse-filter.ts";
import { badValue } from "../../../core/model/errors.ts";
import type { RouteRule } from "../../../core/model/route-rule.ts";
import { distinctTargets, parseTarget, type Target } from "../../../core/model/target.ts";
import type { ForwardOptions } from "../../../app/delivering/forwarder.ts";
import type { OnError, Respond } from "../../../app/listening/replies.ts";
import { type CaptureLimits, DEFAULT_LIMITS } from "../../../io/capture/limits.ts";
import type { RetentionLimits } from "../../../app/upkeep/prune.ts";
import { readForwardFlags } from "../../flag-groups/read-forward.ts";
import { readRetentionFlags } from "../../flag-groups/read-retention.ts";
import type { Given } from "./flags.ts";

export interface ListenFlags {
  readonly host: string;
  readonly port: number;
  readonly orNextPort: boolean;
  /** Where requests go that no route takes. */
  readonly targets: readonly Target[];
  /** From the configuration file; the first one that fits takes the request. */
  readonly routes: readonly RouteRule[];
  readonly pathPrefix: string;
  /** What it does not let through is stored and goes nowhere. */
  readonly filter: Filter;
  /** Globs; what is of another type is stored and goes nowhere. Empty: all is forwarded. */
  readonly events: readonly string[];
  readonly respond: Respond;
  readonly onError: OnError;
  readonly limits: CaptureLimits;
  readonly forward: ForwardOptions;
  /** What the store is kept within. */
  readonly retention: RetentionLimits;
  /** End after so many requests; undefined: go on. */
  readonly exitAfter: number | undefined;
  /** End after this time; undefined: go on. */
  readonly forMs: number | undefined;
  readonly isEphemeral: boolean;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

const DEFAULT_PORT = 4400;
/** @throws BAD_VALUE, BAD_FILTER, FILE_UNREADABLE */
export function readListenFlags(flags: Given): ListenFlags {
  const port = flags.wholeNumber("port", 0, 65_535);
  return {
    host: readHost(flags),
    port: port ?? DEFAULT_PORT,
    orNextPort: port === undefined,
    targets: readTargets(flags),
    routes: flags.routes,
    pathPrefix: readPathPrefix(flags),
    filter: parseFilter(flags.text("filter") ?? "", { knownOnArrivalOnly: true }),
    events: readEvents(flags),
    respond: readRespond(flags),
    onError: flags.choice("on-error", ["502", "ack"]) ?? "502",
    limits: { ...DEFAULT_LIMITS, maxBodyBytes: flags.sizeBytes("max-body") ?? DEFAULT_LIMITS.maxBodyBytes },
    forward: {
      ...readForwardFlags(flags),
      preserveHost: flags.isOn("preserve-host"),
      concurrency: flags.wholeNumber("concurrency", 1, 10_000) ?? Infinity,
    },
    retention: readRetentionFlags(flags, 1),
    exitAfter: flags.wholeNumber("exit-after", 1, 1_000_000_000),
    forMs: flags.durationMs("for"),
    isEphemeral: flags.isOn("ephemeral"),
    isJson: flags.isOn("json"),
    isQuiet: flags.isOn("quiet"),
  };
}

function readHost(flags: Given): string {
  const host = flags.text("host") ?? "127.0.0.1";
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (!/^[0-9A-Za-z.:%_-]+$/.test(bare))
    throw badValue(flags.nameOf("host"), host, "it is not an address of this machine", "--host 127.0.0.1");
  return bare;
}

function readTargets(flags: Given): readonly Target[] {
  // From the environment several come as one text, and an empty variable is as good as none; elsewhere it is a mistake.
  const isVariable = flags.origin("forward").kind === "environment";
  const written = (given: string): string[] => given.split(/\s+/).filter(Boolean);
  const texts = flags.list("forward").map((given) => (isVariable || given.trim() !== "" ? written(given) : [given]));
  return distinctTargets(texts.flat().map((text) => parseTarget(text, flags.nameOf("forward"))));
}

/** What names no type would forward everything, which is no restriction that anybody asks for. */
function readEvents(flags: Given): readonly string[] {
  const texts = flags.list("events");
  const isEmptyList = texts.length === 0 && flags.origin("events").kind === "file";
  const globs = texts.map((text) => text.split(/[,\s]+/).filter(Boolean));
  const idle = isEmptyList ? "" : texts.find((_, index) => globs[index]?.length === 0);
  if (idle !== undefined)
    throw badValue(
      flags.nameOf("events"),
      idle,
      "it names no type of event; without it all are forwarded",
      "--events order.*,invoice.paid",
    );
  return globs.flat();
}

function readPathPrefix(flags: Given): string {
  const prefix = flags.text("path") ?? "";
  if (prefix !== "" && !prefix.startsWith("/"))
    throw badValue(flags.nameOf("path"), prefix, "a path starts with /", "--path /webhooks");
  return prefix;
}

function readRespond(flags: Given): Respond {
  const text = flags.text("respond") ?? "200";
  const parts = /^([1-9]\d\d)(?::([^]*))?$/.exec(text);
  const status = Number(parts?.[1] ?? 0);
  if (status < 200 || status > 599) {
    throw badValue(
      flags.nameOf("respond"),
      text,
      "it is not a status from 200 to 599, or status:body",
      `--respond '202:{"ok":true}'`,
    );
  }
  const isBodiless = status === 204 || status === 304;
  return { status, body: parts?.[2] ?? (isBodiless ? "" : undefined) };
}
