import type { FeedEntry } from "../../../core/model/feed.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { ListenRenderer, ReadyFacts, SummaryFacts } from "./listen-renderer.ts";
import { styled } from "../../terminal/printer.ts";
import { plural } from "../../words/units.ts";

/** Different troubles that are told; where there are more, somebody has read enough to report them. */
const MOST_TOLD = 5;

/**
 * A renderer that goes on. What the one inside cannot show is counted and told of once for each kind of entry and error,
 * with how to report it; the next entry is shown as if nothing had been. The capture never notices.
 */
export class SteadyRenderer implements ListenRenderer {
  readonly #inner: ListenRenderer;
  readonly #at: Pick<Surroundings, "err">;
  readonly #told = new Set<string>();
  #missing = 0;

  constructor(inner: ListenRenderer, at: Pick<Surroundings, "err">) {
    this.#inner = inner;
    this.#at = at;
  }

  /** Throws what the inner one throws: nothing has been captured yet. */
  ready(facts: ReadyFacts): void {
    this.#inner.ready(facts);
  }

  entry(entry: FeedEntry): void {
    try {
      this.#inner.entry(entry);
    } catch (error) {
      this.#missing += 1;
      this.#tell(entry.kind, nameOf(entry), error);
    }
  }

  summary(facts: SummaryFacts): void {
    try {
      this.#inner.summary(facts);
    } catch (error) {
      this.#tell("summary", `the summary of ${plural(facts.received, "request")}`, error);
    }
    if (this.#missing === 0) return;
    const were = this.#missing === 1 ? "was" : "were";
    this.#say(
      "warning: ",
      `${plural(this.#missing, "line")} ${were} not shown, by a bug in hookcli; hookcli list shows all`,
    );
  }

  #tell(kind: string, name: string, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const key = `${kind} ${text}`;
    if (this.#told.size === MOST_TOLD || this.#told.has(key)) return;
    this.#told.add(key);
    this.#say("error: ", `${name} cannot be shown. This is a bug in hookcli, not your mistake; capture goes on.`);
    this.#safely(() => this.#at.err.text(this.#at.err.mask().text(text)));
    this.#say("", "Please report it with the lines above and the output of: hookcli --version");
  }

  #say(level: "error: " | "warning: " | "", text: string): void {
    this.#safely(() => this.#at.err.line(styled(level, level === "error: " ? "bad" : "wait"), text));
  }

  /** What cannot be told either is counted all the same. */
  #safely(print: () => void): void {
    try {
      print();
    } catch {
      // There is nobody left to tell.
    }
  }
}

function nameOf(entry: FeedEntry): string {
  return entry.kind === "notice" ? `a notice (${entry.code})` : `request #${entry.request.id}`;
}
