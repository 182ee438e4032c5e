import { expect, test } from "vitest";
import { Feed } from "../../../../src/app/session/feed.ts";
import type { FeedEntry } from "../../../../src/core/model/feed.ts";

const notice = (text: string): FeedEntry => ({ kind: "notice", level: "warning", code: "X", text });

test("every subscriber gets every entry, in the order of publishing", () => {
  const feed = new Feed();
  const [first, second]: [FeedEntry[], FeedEntry[]] = [[], []];
  feed.subscribe((entry) => first.push(entry));
  feed.publish(notice("a"));
  feed.subscribe((entry) => second.push(entry));
  feed.publish(notice("b"));
  expect(first).toEqual([notice("a"), notice("b")]);
  expect(second).toEqual([notice("b")]);
});

test("a subscription that was ended gets nothing more, and the others go on", () => {
  const feed = new Feed();
  const seen: string[] = [];
  const end = feed.subscribe(() => seen.push("ended"));
  feed.subscribe(() => seen.push("stays"));
  end();
  end();
  feed.publish(notice("a"));
  expect(seen).toEqual(["stays"]);
});

test("a subscriber that throws gets the next entry all the same, and disturbs nobody", () => {
  const feed = new Feed();
  const seen: string[] = [];
  feed.subscribe(() => {
    seen.push("throws");
    throw new Error("a broken screen");
  });
  feed.subscribe(() => seen.push("stays"));
  feed.publish(notice("a"));
  feed.publish(notice("b"));
  expect(seen).toEqual(["throws", "stays", "throws", "stays"]);
});

test("a subscriber may end its subscription while it is told", () => {
  const feed = new Feed();
  let times = 0;
  const end = feed.subscribe(() => {
    times += 1;
    end();
  });
  feed.publish(notice("a"));
  feed.publish(notice("b"));
  expect(times).toBe(1);
});
