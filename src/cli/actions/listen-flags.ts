import { HookcliError, badValue } from "../../core/model/errors.ts";
import { parseTarget, sameTarget, type Target } from "../../core/model/target.ts";
import type { ForwardOptions } from "../../app/session/forwarder.ts";
import type { OnError, Respond } from "../../app/session/replies.ts";
import { type CaptureLimits, DEFAULT_LIMITS } from "../../io/capture/limits.ts";
import type { Flags } from "../flags.ts";
import { readTextFile } from "../read-file.ts";

export interface ListenFlags {
  readonly host: string;
  readonly port: number;
  readonly orNextPort: boolean;
  readonly targets: readonly Target[];
  readonly pathPrefix: string;
  readonly respond: Respond;
  readonly onError: OnError;
  readonly limits: CaptureLimits;
  readonly forward: ForwardOptions;
  /** End after so many requests; undefined: go on. */
  readonly exitAfter: number | undefined;
  /** End after this time; undefined: go on. */
  readonly forMs: number | undefined;
  readonly isEphemeral: boolean;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

const DEFAULT_PORT = 4400;
const DEFAULT_TIMEOUT_MS = 30_000;

/** @throws BAD_VALUE, FILE_UNREADABLE */
export function readListenFlags(flags: Flags): ListenFlags {
  const port = flags.wholeNumber("port", 0, 65_535);
  if (flags.isOn("ephemeral") && flags.isGiven("db")) {
    throw new HookcliError("USAGE", {
      problem: "--ephemeral and --db exclude each other",
      help: "hookcli listen --help",
    });
  }
  return {
    host: readHost(flags),
    port: port ?? DEFAULT_PORT,
    orNextPort: port === undefined,
    targets: readTargets(flags),
    pathPrefix: readPathPrefix(flags),
    respond: readRespond(flags),
    onError: flags.choice("on-error", ["502", "ack"]) ?? "502",
    limits: { ...DEFAULT_LIMITS, maxBodyBytes: flags.sizeBytes("max-body") ?? DEFAULT_LIMITS.maxBodyBytes },
    forward: { ...readForwardFlags(flags), concurrency: flags.wholeNumber("concurrency", 1, 10_000) ?? Infinity },
    exitAfter: flags.wholeNumber("exit-after", 1, 1_000_000_000),
    forMs: flags.durationMs("for"),
    isEphemeral: flags.isOn("ephemeral"),
    isJson: flags.isOn("json"),
    isQuiet: flags.isOn("quiet"),
  };
}

/** The flags that `listen` and `replay` share: how something is sent. */
export function readForwardFlags(flags: Flags): Omit<ForwardOptions, "concurrency"> {
  const caFile = flags.text("ca");
  const ca = caFile === undefined ? undefined : readTextFile(caFile);
  if (ca !== undefined && !ca.includes("-----BEGIN CERTIFICATE-----")) {
    throw badValue("--ca", caFile ?? "", "the file holds no PEM certificate", "--ca ./ca.pem");
  }
  return {
    timeoutMs: flags.durationMs("timeout") ?? DEFAULT_TIMEOUT_MS,
    headerEdits: flags.headerEdits("header"),
    preserveHost: flags.isOn("preserve-host"),
    insecure: flags.isOn("insecure"),
    ca,
  };
}

function readHost(flags: Flags): string {
  const host = flags.text("host") ?? "127.0.0.1";
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (!/^[0-9A-Za-z.:%_-]+$/.test(bare))
    throw badValue("--host", host, "it is not an address of this machine", "--host 127.0.0.1");
  return bare;
}

function readTargets(flags: Flags): readonly Target[] {
  const targets: Target[] = [];
  // From the environment several come as one text.
  for (const text of flags.list("forward").flatMap((given) => given.split(/\s+/).filter(Boolean))) {
    const target = parseTarget(text, "--forward");
    if (!targets.some((other) => sameTarget(other, target))) targets.push(target);
  }
  return targets;
}

function readPathPrefix(flags: Flags): string {
  const prefix = flags.text("path") ?? "";
  if (prefix !== "" && !prefix.startsWith("/"))
    throw badValue("--path", prefix, "a path starts with /", "--path /webhooks");
  return prefix;
}

function readRespond(flags: Flags): Respond {
  const text = flags.text("respond") ?? "200";
  const parts = /^([1-9]\d\d)(?::([^]*))?$/.exec(text);
  const status = Number(parts?.[1] ?? 0);
  if (status < 200 || status > 599) {
    throw badValue(
      "--respond",
      text,
      "it is not a status from 200 to 599, or status:body",
      `--respond '202:{"ok":true}'`,
    );
  }
  const isBodiless = status === 204 || status === 304;
  return { status, body: parts?.[2] ?? (isBodiless ? "" : undefined) };
}
