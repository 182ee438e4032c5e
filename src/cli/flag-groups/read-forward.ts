import { badValue } from "../../core/model/errors.ts";
import type { ForwardOptions } from "../../app/delivering/forwarder.ts";
import type { Flags, FlagsOf } from "../settings/flags.ts";
import { readTextFile } from "../terminal/read-file.ts";
import type { TargetFlag } from "./target-flags.ts";

const DEFAULT_TIMEOUT_MS = 30_000;

/** The flags that `listen` and `replay` share: how something is sent. */
export function readForwardFlags(
  flags: FlagsOf<TargetFlag> & Flags<never, "header", never>,
): Omit<ForwardOptions, "concurrency" | "preserveHost"> {
  const caFile = flags.text("ca");
  const ca = caFile === undefined ? undefined : readTextFile(caFile);
  if (ca !== undefined && !ca.includes("-----BEGIN CERTIFICATE-----")) {
    throw badValue(flags.nameOf("ca"), caFile ?? "", "the file holds no PEM certificate", "--ca ./ca.pem");
  }
  return {
    timeoutMs: flags.durationMs("timeout") ?? DEFAULT_TIMEOUT_MS,
    headerEdits: flags.headerEdits("header"),
    insecure: flags.isOn("insecure"),
    ca,
  };
}
