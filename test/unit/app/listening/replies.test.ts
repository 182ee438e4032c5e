import { describe, expect, test } from "vitest";
import {
  capturedReply,
  handshakeReply,
  noAnswerReply,
  refusalReply,
  signatureRefusal,
  storeTroubleReply,
  vouched,
} from "../../../../src/app/listening/replies.ts";
import { HookcliError } from "../../../../src/core/model/errors.ts";
import { headerValue } from "../../../../src/core/model/headers.ts";
import { REASON_HEADER, type Reply } from "../../../../src/core/model/reply.ts";
import { sampleRequest, unanswered } from "../../../helpers/samples.ts";

test("only what verifies is not refused", () => {
  expect(signatureRefusal(401, { kind: "verified" })).toBeUndefined();
  expect(signatureRefusal(403, { kind: "stale" })).toEqual({
    status: 403,
    code: "signature",
    reason: "the signature does not verify: stale",
  });
  expect(signatureRefusal(401, undefined)?.reason).toBe("the signature does not verify: not judged");
});

test("a handshake's answer goes out as it is", () => {
  const reply = handshakeReply({ status: 200, headers: ["content-type", "text/plain"], body: "3eZ" });
  expect([reply.status, reply.headers, bodyOf(reply)]).toEqual([200, ["content-type", "text/plain"], "3eZ"]);
});

describe("a request that is only stored is answered", () => {
  test("with its id", () => {
    const reply = capturedReply(42, { status: 202 });
    expect(reply.status).toBe(202);
    expect(JSON.parse(bodyOf(reply))).toEqual({ status: "captured", id: 42 });
    expect(headerValue(reply.headers, "content-type")).toBe("application/json");
  });

  test.each([
    ['{"ok":true}', "application/json"],
    ["true", "application/json"],
    ["ça va", "text/plain; charset=utf-8"],
    ["{not json", "text/plain; charset=utf-8"],
  ])("with the body %s as %s where one was asked for", (body, type) => {
    const reply = capturedReply(42, { status: 200, body });
    expect(bodyOf(reply)).toBe(body);
    expect(reply.headers).toEqual(["content-type", type]);
  });

  test("with nothing at all where that was asked for", () => {
    const reply = capturedReply(42, { status: 204, body: "" });
    expect([reply.status, reply.headers, bodyOf(reply)]).toEqual([204, [], ""]);
  });
});

describe("a refused request is answered", () => {
  test("with status, code and reason", () => {
    const reply = refusalReply(42, { status: 413, code: "body-too-large", reason: "over 25 MiB" });
    expect(reply.status).toBe(413);
    expect(headerValue(reply.headers, REASON_HEADER)).toBe("body-too-large");
    expect(JSON.parse(bodyOf(reply))).toEqual({ error: "over 25 MiB", code: "body-too-large", id: 42 });
  });

  test.each([
    [405, "allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
    [426, "upgrade", "HTTP/1.1"],
    [400, "allow", undefined],
  ])("%i with the header %s: %s", (status, name, value) => {
    expect(headerValue(refusalReply(1, { status, code: "x", reason: "y" }).headers, name)).toBe(value);
  });
});

describe("where the target gave no answer the sender gets", () => {
  test("502 with the reason and the detail", () => {
    const { reply, note } = noAnswerReply(42, unanswered("refused", "127.0.0.1:8000"), "502");
    expect([reply.status, note, headerValue(reply.headers, REASON_HEADER)]).toEqual([502, "refused", "refused"]);
    expect(JSON.parse(bodyOf(reply))).toEqual({
      error: "the target gave no answer: refused",
      reason: "refused",
      detail: "127.0.0.1:8000",
      id: 42,
      again: "hookcli replay 42",
    });
  });

  test("200 where failures are acknowledged, and the note keeps the truth", () => {
    const { reply, note } = noAnswerReply(42, unanswered("timeout", "30 s"), "ack");
    expect([reply.status, note, headerValue(reply.headers, REASON_HEADER)]).toEqual([
      200,
      "acknowledged: timeout",
      undefined,
    ]);
    expect(JSON.parse(bodyOf(reply))).toEqual({ status: "acknowledged", id: 42 });
  });

  test("502 also where the attempt was interrupted or nothing is known", () => {
    expect(noAnswerReply(1, { kind: "interrupted" }, "502").note).toBe("interrupted");
    expect(noAnswerReply(1, undefined, "502").reply.status).toBe(502);
  });
});

describe("a request that could not be stored is answered 503 with a time to come again, and", () => {
  test("the kind of trouble", () => {
    const reply = storeTroubleReply(new HookcliError("STORE_FULL", { path: "secret/place.db" }));
    expect([reply.status, headerValue(reply.headers, "retry-after")]).toEqual([503, "5"]);
    expect(headerValue(reply.headers, REASON_HEADER)).toBe("store-full");
    expect(bodyOf(reply)).not.toContain("secret");
  });

  test("nothing about a bug", () => {
    const reply = storeTroubleReply(new TypeError("x is undefined"));
    expect([reply.status, headerValue(reply.headers, REASON_HEADER)]).toEqual([503, "internal-error"]);
    expect(bodyOf(reply)).not.toContain("undefined");
  });
});

function bodyOf({ body }: Reply): string {
  return body.kind === "bytes" ? Buffer.from(body.bytes).toString() : "";
}

describe("a reply that is vouched for", () => {
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
});
