import { wireText } from "../../model/headers.ts";
import { timingSafeEqual } from "node:crypto";
import { bytesBody } from "../../model/body.ts";
import { isSignedBy, macOf } from "../digest.ts";
import { type Key, keyOf, macKey } from "../keys.ts";
import type { Algorithm, Content } from "../scheme.ts";
import { contentsOf } from "./hypothesis-content.ts";
import type { Hypothesis, Scene } from "./mutation.ts";
import type { Reading } from "./readings.ts";
import type { SearchBudget } from "./search-budget.ts";

const DIGEST_BYTES: Readonly<Partial<Record<Algorithm, number>>> = {
  "hmac-sha256": 32,
  "hmac-sha1": 20,
  "hmac-sha512": 64,
  sha256: 32,
};

/** Computes what hypotheses say, none of them twice, and holds it against the signatures that are there. */
export class Trials {
  readonly #scene: Scene;
  readonly #budget: SearchBudget;
  readonly #seen = new Set<string>();
  /** Bodies of each length: two variations often make the same bytes. */
  readonly #bodies = new Map<number, Uint8Array[]>();
  readonly #bodyNumbers = new WeakMap<Uint8Array, number>();
  #bodyCount = 0;

  constructor(scene: Scene, budget: SearchBudget) {
    this.#scene = scene;
    this.#budget = budget;
  }

  /** The reading that a hypothesis explains, of several the one in which least must be overlooked. */
  async match(hypothesis: Hypothesis, readings: readonly Reading[]): Promise<Reading | undefined> {
    const length = DIGEST_BYTES[hypothesis.algorithm];
    const possible = readings.filter(({ bytes }) => length === undefined || bytes.length === length);
    const key = keyFor(hypothesis);
    if (possible.length === 0 || !key) return undefined;
    const body = this.#sameBody(hypothesis.body);
    for (const content of contentsOf({ ...hypothesis, body }, this.#scene)) {
      if (!this.#isNew(hypothesis, key, content, body)) continue;
      const found = await this.#check(hypothesis.algorithm, key, content, body, possible);
      if (found || this.#budget.stoppedBy) return found;
    }
    return undefined;
  }

  async #check(
    algorithm: Algorithm,
    key: Key,
    content: Content,
    body: Uint8Array,
    readings: readonly Reading[],
  ): Promise<Reading | undefined> {
    const bytes = content.reduce((sum, part) => sum + (part === "body" ? body : part).length, 0);
    if (key.kind === "mac") {
      if (!this.#budget.take(bytes)) return undefined;
      const mac = await macOf(algorithm, key, content, bytesBody(body));
      return least(readings.filter((reading) => isSame(reading.bytes, mac)));
    }
    for (const reading of readings) {
      if (key.kind !== "asymmetric" || !this.#budget.take(bytes)) return undefined;
      if (await isSignedBy(algorithm, key, content, bytesBody(body), reading.bytes)) return reading;
    }
    return undefined;
  }

  #isNew({ algorithm }: Hypothesis, key: Key, content: Content, body: Uint8Array): boolean {
    // A plain hash has no key: what there is of the secret is in its content.
    const keyName = key.kind === "mac" && algorithm !== "sha256" ? key.bytes.toString("base64") : "";
    // In whatever pieces it comes: the texts before, between and behind the bodies.
    const texts = [""];
    for (const part of content) {
      if (part === "body") texts.push("");
      else texts.push((texts.pop() ?? "") + textOf(part));
    }
    const name = JSON.stringify([algorithm, keyName, texts.length > 1 && this.#bodyNumbers.get(body), ...texts]);
    if (this.#seen.has(name)) return false;
    this.#seen.add(name);
    return true;
  }

  /** The first of all bodies with these bytes. */
  #sameBody(body: Uint8Array): Uint8Array {
    if (this.#bodyNumbers.has(body)) return body;
    const known = this.#bodies.get(body.length) ?? [];
    const same = known.find((other) => Buffer.compare(other, body) === 0);
    if (same) return same;
    this.#bodies.set(body.length, [...known, body]);
    this.#bodyCount += 1;
    this.#bodyNumbers.set(body, this.#bodyCount);
    return body;
  }
}

/** No secret at all is a key too: senders that have none sign all the same. */
function keyFor({ secretText, keyForm }: Hypothesis): Key | undefined {
  if (secretText === "") return macKey(Buffer.alloc(0));
  const key = keyOf(secretText, keyForm);
  return key.kind === "unusable" ? undefined : key;
}

function least(readings: readonly Reading[]): Reading | undefined {
  return readings.toSorted((a, b) => a.mutations.length - b.mutations.length)[0];
}

function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function textOf(bytes: Uint8Array): string {
  return wireText(bytes);
}
