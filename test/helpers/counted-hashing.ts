import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/** What was hashed or signed over. */
export interface HashedSoFar {
  /** How often a hash, a code or a check of a signature was begun. */
  times: number;
  bytes: number;
  /** How often two values were compared in constant time. */
  compared: number;
}

/** Counts what `work` has node:crypto hash and verify, which it goes on doing: the real cost of judging, on any machine. */
export async function countHashing(work: () => Promise<unknown>): Promise<HashedSoFar> {
  const counted: HashedSoFar = { times: 0, bytes: 0, compared: 0 };
  const { createHash, createHmac, timingSafeEqual, verify } = crypto;
  const counting = <Started extends ReturnType<typeof createHash> | ReturnType<typeof createHmac>>(
    started: Started,
  ): Started => {
    counted.times += 1;
    const update = started.update.bind(started) as (bytes: string | Uint8Array, ...rest: readonly unknown[]) => Started;
    Reflect.set(started, "update", (bytes: string | Uint8Array, ...rest: readonly unknown[]) => {
      counted.bytes += bytes.length;
      return update(bytes, ...rest);
    });
    return started;
  };
  patch({
    createHash: (...given: Parameters<typeof createHash>) => counting(createHash(...given)),
    createHmac: (...given: Parameters<typeof createHmac>) => counting(createHmac(...given)),
    timingSafeEqual: (...given: Parameters<typeof timingSafeEqual>) => {
      counted.compared += 1;
      return timingSafeEqual(...given);
    },
    verify: (...given: Parameters<typeof verify>) => {
      counted.times += 1;
      counted.bytes += given[1].byteLength;
      return verify(...given);
    },
  });
  try {
    await work();
  } finally {
    patch({ createHash, createHmac, timingSafeEqual, verify });
  }
  return counted;
}

function patch(functions: Readonly<Record<string, unknown>>): void {
  Object.assign(crypto, functions);
  syncBuiltinESMExports();
}
