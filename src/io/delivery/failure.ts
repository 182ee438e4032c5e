import type { NoResponseReason } from "../../core/model/delivery.ts";

export interface Failure {
  readonly reason: NoResponseReason;
  /** For a person: codes and addresses, no stack. */
  readonly detail: string;
}

interface CodedError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
  /** Of an address that took no connection in this time. */
  readonly afterMs?: number;
  readonly errors?: readonly unknown[];
  readonly cause?: unknown;
}

const REASONS: Readonly<Record<string, NoResponseReason>> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  DNS_TIMEOUT: "dns",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EACCES: "unreachable",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  ECONNRESET: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  UND_ERR_HEADERS_OVERFLOW: "bad-response",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "cut-off",
  UND_ERR_INVALID_ARG: "unsendable",
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: "unsendable",
  BODY_FILE_MISSING: "unsendable",
  BODY_FILE_REFUSED: "unsendable",
  EPROTO: "tls",
};

/**
 * Sorts what went wrong on the way to a target by the codes of Node, OpenSSL and undici.
 * @param sawHead the response had begun: a lost connection then cuts it off
 */
export function failureOf(error: unknown, sawHead: boolean): Failure {
  const coded = (error ?? {}) as CodedError;
  const reason = reasonOf(coded);
  return { reason: sawHead && reason === "reset" ? "cut-off" : reason, detail: describe(coded) };
}

function reasonOf(error: CodedError): NoResponseReason {
  const code = error.code ?? "";
  // A 100 or 101 that nobody asked for: undici calls it trouble with the socket, and only its words tell.
  if (code === "UND_ERR_SOCKET" && /^bad (?:response|upgrade)$/.test(error.message ?? "")) return "bad-response";
  const known = REASONS[code];
  if (known) return known;
  // undici's parser has codes, and its errors mostly come without them.
  if (error.name === "HTTPParserError" || code.startsWith("HPE_")) return "bad-response";
  if (/CERT|^ERR_TLS|^ERR_SSL|SIGNATURE|ISSUER/.test(code)) return "tls";
  return error.cause === undefined ? "reset" : reasonOf(error.cause as CodedError);
}

function describe(error: CodedError): string {
  // Where several addresses were tried, each of them failed in its own way.
  if (error.errors && error.errors.length > 0)
    return error.errors.map((tried) => describe(tried as CodedError)).join(", ");
  const place = error.address === undefined ? (error.hostname ?? "") : joinPort(error.address, error.port);
  const after = error.afterMs === undefined ? "" : ` after ${error.afterMs} ms`;
  if (error.code && place) return `${error.code} ${place}${after}`;
  // Node adds what to run Node with, which is no advice to people who run hookcli.
  return [error.code, error.message?.replace(/; if the root CA is installed locally.*$/s, "")]
    .filter(Boolean)
    .join(": ");
}

function joinPort(address: string, port: number | undefined): string {
  if (port === undefined) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
