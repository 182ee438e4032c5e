import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overweight, peerGroup, type SlotConnection, Slots } from "../../../../src/io/capture/slots.ts";

interface Changes extends Partial<SlotConnection> {
  readonly bytes?: number;
  readonly forMs?: number;
  readonly stalledMs?: number;
}

describe("a port with room", () => {
  test("lets everybody in, and again who has left", () => {
    const { slots, evicted } = ports(2);
    const [first, second] = [peer(), peer()];
    expect([slots.take(first), slots.take(second)]).toEqual(["yes", "yes"]);
    slots.leave(first);
    expect(slots.take(peer())).toBe("yes");
    expect(evicted).toEqual([]);
  });
});

describe("where all places are taken, room is made by", () => {
  test("the connection with the fewest bytes a second", () => {
    const dripper = peer({ bytes: 3, forMs: 30_000 });
    const upload = peer({ bytes: 600_000, forMs: 30_000 });
    const fresh = peer({ bytes: 0, forMs: 5 });
    expect(firstEvicted([upload, dripper, fresh])).toBe(dripper);
  });

  test.each([
    ["a silent one before a new one", { forMs: 9000 }, { forMs: 10 }],
    ["a silent one before one that rests between its requests", { forMs: 1000 }, { isResting: true, forMs: 4000 }],
    ["one that rests before one that uploads", { isResting: true, forMs: 4000 }, { bytes: 90_000, forMs: 9000 }],
    [
      "a sender that does not read its reply before one that uploads",
      { owed: 1, stalledMs: 5000 },
      { bytes: 90_000, forMs: 4000 },
    ],
    [
      "one that a fault never answers before one that uploads",
      { owed: 1, isNeverAnswered: true, forMs: 9000 },
      { owed: 1, isArriving: true, bytes: 90_000, forMs: 9000 },
    ],
    ["one on which all is said before one that is only silent", { owed: 1, isClosing: true }, { forMs: 60_000 }],
    [
      "a body whose head came with the request before, and of which nothing comes",
      { owed: 1, isArriving: true, forMs: 9000 },
      { bytes: 9000, forMs: 9000 },
    ],
  ] as const)("%s", (_what, slow, other) => {
    const [leaving, staying] = [peer(slow), peer(other)];
    expect(firstEvicted([staying, leaving])).toBe(leaving);
  });

  test("nobody whose whole request waits for its reply, or whose reply is just going out", () => {
    const waiting = peer({ unanswered: 1, owed: 1, forMs: 90_000 });
    const answered = peer({ owed: 1, forMs: 90_000, stalledMs: 0 });
    const { slots, evicted } = ports(2);
    slots.take(waiting);
    slots.take(answered);
    expect(slots.take(peer())).toBe("no");
    expect(evicted).toEqual([]);
  });

  test("each of many drippers in turn, and none that became busy since they were looked at", () => {
    const drippers = Array.from({ length: 40 }, (_none, at) => peer({ bytes: 1, forMs: 100_000 - at }));
    const { slots, evicted } = ports(40);
    for (const dripper of drippers) slots.take(dripper);
    slots.take(peer({ bytes: 1e9, forMs: 1 }));
    Object.assign(drippers[1] ?? {}, { unanswered: 1 });
    for (let count = 0; count < 20; count += 1) expect(slots.take(peer({ bytes: 1e9, forMs: 1 }))).toBe("evicted");
    expect(evicted).toEqual([drippers[0], ...drippers.slice(2, 22)]);
  });
});

describe("an address outside of this machine", () => {
  test("has a share: beyond it its own slowest connection makes room, however much room there is", () => {
    const { slots, evicted } = ports(100, 2);
    const remoteAddress = "192.0.2.1:1000";
    const [slow, quick] = [peer({ remoteAddress, forMs: 9000 }), peer({ remoteAddress, bytes: 9000, forMs: 1000 })];
    const other = peer({ remoteAddress: "192.0.2.2:1000", forMs: 90_000 });
    for (const connection of [slow, quick, other]) expect(slots.take(connection)).toBe("yes");
    expect(slots.take(peer({ remoteAddress }))).toBe("evicted");
    expect(evicted).toEqual([slow]);
  });

  test("whose connections all wait for replies gets no more", () => {
    const { slots } = ports(100, 1);
    const remoteAddress = "192.0.2.1:1000";
    const waiting = peer({ remoteAddress, unanswered: 1, owed: 1 });
    slots.take(waiting);
    expect(slots.take(peer({ remoteAddress }))).toBe("no");
    slots.leave(waiting);
    expect(slots.take(peer({ remoteAddress }))).toBe("yes");
  });
});

test("this machine has no share: everybody behind a tunnel comes from it", () => {
  const { slots } = ports(100, 1);
  expect(Array.from({ length: 50 }, () => slots.take(peer()))).toEqual(Array(50).fill("yes"));
});

function ports(maxConnections: number, maxConnectionsPerAddress = 1000) {
  const evicted: SlotConnection[] = [];
  const slots = new Slots<SlotConnection>({ maxConnections, maxConnectionsPerAddress }, (one) => evicted.push(one));
  return { slots, evicted };
}

function firstEvicted(connections: readonly SlotConnection[]): SlotConnection | undefined {
  const { slots, evicted } = ports(connections.length);
  for (const connection of connections) slots.take(connection);
  expect(slots.take(peer({ bytes: 1e9 }))).toBe("evicted");
  return evicted[0];
}

function peer({ bytes = 0, forMs = 1000, stalledMs = 0, ...changes }: Changes = {}): SlotConnection {
  return {
    remoteAddress: "127.0.0.1:1000",
    unanswered: 0,
    owed: 0,
    isArriving: false,
    isClosing: false,
    isResting: false,
    isNeverAnswered: false,
    pace: () => ({ bytes, forMs }),
    replies: { stalledForMs: () => stalledMs },
    ...changes,
  };
}

describe("an address", () => {
  test.each(["127.0.0.1:5000", "127.8.9.10:1", "[::1]:5000", "[::ffff:127.0.0.1]:5000", ":0"])(
    "%s is this machine, or nobody knows: it has no share of its own",
    (address) => {
      expect(peerGroup(address)).toBeUndefined();
    },
  );

  test.each([
    ["192.0.2.7:5000", "192.0.2.7"],
    ["[::ffff:192.0.2.7]:5000", "192.0.2.7"],
    ["[2001:db8:1:2:3:4:5:6]:5000", "2001:db8:1:2"],
    ["[2001:db8:1:2::6]:5000", "2001:db8:1:2"],
    ["[2001:db8::6]:5000", "2001:db8:0:0"],
    ["[fe80::1%eth0]:5000", "fe80:0:0:0"],
  ])("%s shares with %s", (address, group) => {
    expect(peerGroup(address)).toBe(group);
  });
});

describe("who holds too much", () => {
  const self = (bytes: number): number => bytes;

  test("nobody has to go while all together stay within the limit", () => {
    expect(overweight([50, 0, 50], self, 100)).toEqual([]);
  });

  test("the largest go first, and no more of them than it takes", () => {
    expect(overweight([10, 80, 0, 30, 60], self, 100)).toEqual([80]);
    expect(overweight([10, 80, 0, 30, 60], self, 45)).toEqual([80, 60]);
  });

  test("of equal ones the first goes first", () => {
    const holders = ["a", "b", "c"];
    expect(overweight(holders, () => 10, 20)).toEqual(["a"]);
  });

  test("what stays is within the limit, whatever they hold, and none that holds nothing goes", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.nat(5000), (holders, limit) => {
        const leaving = overweight(holders, self, limit);
        const sum = (all: readonly number[]): number => all.reduce((total, bytes) => total + bytes, 0);
        expect(sum(holders) - sum(leaving)).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(leaving).not.toContain(0);
      }),
    );
  });
});
