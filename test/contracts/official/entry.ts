import { createPublicKey, generateKeyPairSync } from "node:crypto";

/** A request as a handler has it. */
export interface Received {
  readonly method: string;
  /** As the client wrote it. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly text: string;
}

/** What a provider's own package signs. */
export interface OfficiallySigned {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One official package, and how its users hold a request against its signature. */
export interface OfficialPackage {
  readonly name: string;
  readonly provider: string;
  /** What `send` is asked for. */
  readonly type: string;
  /** Further arguments of `send`. */
  readonly send?: readonly string[];
  /** As hookcli gets it. */
  readonly secret: string;
  /** Path under the target. Default `/hooks`. */
  readonly path?: string;
  /** Arguments of `replay` that change the content. Default: one more field in the JSON. */
  readonly edit?: readonly string[];
  /** Whether the signature carries a time, so that a replay renews it. */
  readonly isTimed: boolean;
  /** Whether the package refuses what was signed an hour ago. */
  readonly refusesOld: boolean;
  /** Refuses by false, by throwing or by rejecting. */
  readonly verify: (received: Received) => unknown;
  /** The package's own signer, where it has one. @param url the address to sign, where that matters */
  readonly sign?: (body: string, nowMs: number, url: string) => OfficiallySigned | Promise<OfficiallySigned>;
}

/** In milliseconds of the present, as a text in seconds. */
export function inSeconds(nowMs: number): string {
  return String(Math.floor(nowMs / 1000));
}

/** A key pair of this run: hookcli signs with the one, the package verifies with the other. */
export function keyPair(kind: "ed25519" | "p256"): { readonly pem: string; readonly spki: Buffer } {
  const { privateKey } =
    kind === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    pem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    spki: createPublicKey(privateKey).export({ type: "spki", format: "der" }),
  };
}

/** Standard Webhooks: 32 bytes behind the usual prefix. */
export const WHSEC = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
