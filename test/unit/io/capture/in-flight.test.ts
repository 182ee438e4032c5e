import { describe, expect, test } from "vitest";
import { headCostBytes, InFlight } from "../../../../src/io/capture/in-flight.ts";
import { DEFAULT_LIMITS } from "../../../../src/io/capture/limits.ts";

const LIMITS = { ...DEFAULT_LIMITS, maxOwed: 4, manyOwed: 6, mostOwed: 10, waitingHeadBytes: 100_000 };

describe("a connection that is ahead of its replies", () => {
  test("is held from its limit on, and let go when it has caught up by half", () => {
    const { inFlight, connect } = port();
    const sender = connect();
    sender.send(3);
    expect(sender.holds).toBe(0);
    sender.send(2);
    expect(sender.holds).toBe(1);
    sender.reply(2);
    expect(sender.holds).toBe(1);
    sender.reply(1);
    expect([sender.holds, inFlight.owed]).toEqual([0, 2]);
  });

  test("is held with a second request where many are owed to others, and let go when they are answered", () => {
    const { connect } = port();
    const [busy, other] = [connect(), connect()];
    for (let count = 0; count < 5; count += 1) connect().send(1);
    busy.send(1);
    expect(busy.holds).toBe(0);
    busy.send(1);
    expect(busy.holds).toBe(1);
    other.send(1);
    expect(other.holds).toBe(0);
    other.reply(1);
    busy.reply(1);
    expect(busy.holds).toBe(0);
  });

  test("is let go with one reply owed, whatever others wait for: that may be the request that it still sends", () => {
    const { connect } = port();
    const others = Array.from({ length: 8 }, () => connect());
    for (const other of others) other.send(1);
    const sender = connect();
    sender.send(2);
    expect(sender.holds).toBe(1);
    sender.reply(1);
    expect(sender.holds).toBe(0);
  });
});

describe("a request is turned away", () => {
  test("where too many wait and it does not come alone", () => {
    const { inFlight, connect } = port();
    for (let count = 0; count < 10; count += 1) connect().send(1);
    const sender = connect();
    expect(inFlight.refusalFor(sender, 500)).toBeUndefined();
    sender.send(1);
    expect(inFlight.refusalFor(sender, 500)).toMatchObject({ status: 503, code: "too-many-waiting" });
  });

  test("where its head is large, and there is no room for it", () => {
    const { inFlight, connect } = port();
    const sender = connect();
    expect(inFlight.refusalFor(sender, 100_000)).toBeUndefined();
    inFlight.takeHead(100_000);
    expect(inFlight.refusalFor(sender, 8192)).toBeUndefined();
    expect(inFlight.refusalFor(sender, 8193)).toMatchObject({ code: "too-many-waiting" });
    inFlight.giveHead(50_000);
    expect(inFlight.refusalFor(sender, 8193)).toBeUndefined();
  });
});

function port() {
  const inFlight = new InFlight(LIMITS);
  const connect = () => ({
    owed: 0,
    holds: 0,
    hold() {
      this.holds += 1;
    },
    letGo() {
      this.holds -= 1;
    },
    send(count: number) {
      for (let at = 0; at < count; at += 1) {
        this.owed += 1;
        inFlight.began(this);
      }
    },
    reply(count: number) {
      for (let at = 0; at < count; at += 1) {
        this.owed -= 1;
        inFlight.replied(this);
      }
    },
  });
  return { inFlight, connect };
}

test("many small headers cost more than one of the same bytes", () => {
  const many = Array.from({ length: 1000 }, () => ["abc", ""]).flat();
  const one = ["x", "v".repeat(3000)];
  expect(headCostBytes("/", many)).toBeGreaterThan(10 * headCostBytes("/", one));
  expect(headCostBytes("/", one)).toBeGreaterThan(3000);
});

test("the head of a usual webhook is a small one", () => {
  const headers = Array.from({ length: 20 }, (_none, at) => [`X-Header-${at}`, "v".repeat(60)]).flat();
  expect(headCostBytes(`/hooks?${"q".repeat(200)}`, headers)).toBeLessThan(8192);
});
