import type { Secret } from "../../model/secret.ts";
import type { HandshakeContext } from "./handshake.ts";

/**
 * The secret with which a provider's challenge is answered: the one that its signature held under, else one that is its
 * own, else the first that may be.
 */
export function keyFor(provider: string, { facts, secrets }: HandshakeContext): Secret | undefined {
  const own = secrets.filter((secret) => secret.provider === provider);
  const candidates = [...own, ...secrets.filter((secret) => secret.provider === undefined)];
  return candidates.find(({ name }) => name === facts.verdict?.secretName) ?? candidates[0];
}
