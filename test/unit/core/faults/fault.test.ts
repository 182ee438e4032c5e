import { describe, expect, test } from "vitest";
import { type FaultContext, lie, nothingSent } from "../../../../src/core/faults/fault.ts";
import { systemClock } from "../../../../src/core/model/clock.ts";
import { jsonReply, NO_STATUS, type Reply } from "../../../../src/core/model/reply.ts";
import { sampleRequest } from "../../../helpers/samples.ts";
import { watchedStream } from "../../../helpers/watched-stream.ts";

describe("a lie", () => {
  const never = new AbortController().signal;
  const context: FaultContext = { event: {}, clock: systemClock, left: never, ending: never };

  test("before the handler, it is of an acknowledgement of hookcli's own, and the handler is never asked", async () => {
    let asked = 0;
    const next = async (): Promise<Reply> => {
      asked += 1;
      return jsonReply(201, {});
    };
    expect(await lie(false, (reply) => ({ ...reply, status: 500 }))(sampleRequest({}), context, next)).toMatchObject({
      status: 500,
      headers: ["content-type", "application/json", "x-hookcli-reason", "fault"],
    });
    expect(asked).toBe(0);
  });

  test("after the handler, a reply that keeps its body hands it on, and one that does not gives it back", async () => {
    const { chunks, isReleased } = watchedStream(["handled"]);
    const truth: Reply = { status: 201, headers: [], body: { kind: "stream", chunks } };
    const next = async (): Promise<Reply> => truth;
    const kept = await lie(true, (reply) => ({ ...reply, status: 500 }))(sampleRequest({}), context, next);
    expect([kept, isReleased()]).toEqual([{ ...truth, status: 500 }, false]);
    await lie(true, () => jsonReply(500, {}))(sampleRequest({}), context, next);
    expect(isReleased()).toBe(true);
  });
});

describe("where nothing is sent", () => {
  test("it has no status, no headers and no bytes, only a manner", () => {
    const { body, ...rest } = nothingSent({ kind: "reset" });
    expect(rest).toEqual({ status: NO_STATUS, headers: [], manner: { kind: "reset" } });
    expect(body.kind === "bytes" && body.bytes.length).toBe(0);
  });
});
