import { describe, expect, test } from "vitest";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import type { Reply } from "../../../../src/core/model/reply.ts";
import { storeTroubleReply } from "../../../../src/app/listening/replies.ts";
import { vouched } from "../../../../src/app/listening/vouched.ts";
import { sampleRequest } from "../../../helpers/samples.ts";

const moved = new HookcliError("STORE_MOVED", { path: "x.db" });
const place = { stored: sampleRequest(), epoch: 1 };

describe("a success", () => {
  test("is told where the request is still stored", async () => {
    const { noted, outcome } = await told(200, () => undefined);
    expect(outcome).toBe(noted);
  });

  test("is not told where it is not, at once or after a doubt, and nobody reads the answer of the target any more", async () => {
    const ways = [
      () => {
        throw moved;
      },
      async () => Promise.reject(moved),
    ];
    for (const vouchFor of ways) {
      const { outcome, isReleased } = await told(201, vouchFor);
      expect(outcome).toMatchObject({ note: "store-moved", reply: { status: 503 } });
      expect(isReleased()).toBe(true);
    }
  });
});

test("what is no success promises nothing", async () => {
  for (const status of [199, 302, 404, 500, 0]) {
    const { noted, outcome } = await told(status, () => {
      throw moved;
    });
    expect(outcome).toBe(noted);
  }
});

async function told(status: number, vouchFor: () => Promise<void> | undefined) {
  let isReleased = false;
  const iterator: AsyncIterator<Uint8Array> = {
    next: async () => ({ done: true, value: undefined }),
    return: async () => {
      isReleased = true;
      return { done: true, value: undefined };
    },
  };
  const body: Reply["body"] = { kind: "stream", chunks: { [Symbol.asyncIterator]: () => iterator } };
  const noted = { reply: { status, headers: [], body } };
  const outcome = await vouched({ vouchFor }, place, noted, storeTroubleReply);
  return { noted, outcome, isReleased: () => isReleased };
}
