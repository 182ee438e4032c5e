import { createHash } from "node:crypto";
import type { Ids } from "./sample.ts";

const CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SMALL = "0123456789abcdefghjkmnpqrstvwxyz";
const MIXED = `${CAPITALS}abcdefghijklmnopqrstuvwxyz`;
const HEX = "0123456789abcdef";
const DIGITS = "0123456789";

/** Ids that follow from a seed: another seed, other ids. @param seed a random one makes them fresh */
export function idsFrom(seed: string): Ids {
  const text = (kind: string, name: string, length: number, alphabet: string): string => {
    const bytes = createHash("shake256", { outputLength: length }).update(`${seed}\n${kind}\n${name}`).digest();
    return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join("");
  };
  const digits = (name: string, length: number): string => {
    const all = text("digits", name, length, DIGITS);
    return all.startsWith("0") ? `7${all.slice(1)}` : all;
  };
  return {
    mixed: (name, length) => text("mixed", name, length, MIXED),
    capitals: (name, length) => text("capitals", name, length, CAPITALS),
    small: (name, length) => text("small", name, length, SMALL),
    hex: (name, length) => text("hex", name, length, HEX),
    digits,
    number: (name, length) => Number(digits(name, length)),
    uuid: (name) => uuidOf(text("uuid", name, 32, HEX)),
  };
}

/** Version 4, of the usual variant. */
function uuidOf(hex: string): string {
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20)];
  return [...parts, hex.slice(20)].join("-");
}
