import type { Feed } from "../session/feed.ts";

/** What the store has to say to whoever watches; what comes before anybody does is kept until then. */
export class Notices {
  readonly #feed: Feed;
  #early: string[] | undefined = [];

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  say(text: string): void {
    if (this.#early) this.#early.push(text);
    else this.#feed.publish({ kind: "notice", level: "warning", code: "STORE_FILES", text });
  }

  /** From now on somebody watches. */
  open(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const text of early) this.say(text);
  }
}
