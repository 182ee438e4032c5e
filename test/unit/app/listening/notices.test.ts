import { expect, test } from "vitest";
import type { FeedEntry } from "../../../../src/core/model/feed.ts";
import { Feed } from "../../../../src/app/session/feed.ts";
import { Notices } from "../../../../src/app/listening/notices.ts";

test("what is said before anybody watches is told then, and later things at once", () => {
  const feed = new Feed();
  const notices = new Notices(feed);
  notices.say("early");
  const told: FeedEntry[] = [];
  feed.subscribe((entry) => told.push(entry));
  notices.say("also early");
  expect(told).toEqual([]);
  notices.open();
  notices.say("late");
  expect(told).toMatchObject(
    ["early", "also early", "late"].map((text) => ({ kind: "notice", code: "STORE_FILES", text })),
  );
});
