import { FILTER_KEYS } from "../../src/core/filter/filter-keys.ts";
import { code, fence, GENERATED, page, table } from "./markdown.ts";

export function renderFiltersPage(): string {
  return page(
    GENERATED,
    "# Filters",
    "One language picks requests in `hookcli list`, `search`, `wait` and `listen --filter`:",
    fence(`hookcli list 'status:5xx type:order.* -path:/health since:1h "card declined"'`, "sh"),
    'Terms stand side by side and all of them must hold. A minus before a term turns it round. Quote what has spaces in it; inside quotes a quote is written `\\"` and a backslash `\\\\`. No filter at all lets everything through.',
    "## Terms with a key",
    table(
      ["key", "what it asks", "examples"],
      FILTER_KEYS.map(({ key, summary, examples }) => [code(key), summary, examples.map(code).join(" ")]),
    ),
    "What a term says about an answer (`status`, `is:ok`, `attempts`, `ms`) is about the delivery that tells how a request fared: its newest replay, else the first target it was forwarded to.",
    "## Text",
    "A term without a key is looked for as it stands in the path with its query, the event type, the headers and the body; ASCII letters match in either case. So is what only looks like a key: a URL, a word that ends in a colon. Bodies over 1 MiB lie in files, and only `hookcli search` and `hookcli wait` go through those.",
    "## On the command line",
    "Put the filter between single quotes, or write its terms one after the other. A term that begins with a minus looks like a flag: `hookcli list --filter '-path:/health'`, or `hookcli list -- -path:/health`. Shorthands of `list` and `search`:",
    table(
      ["flag", "filter"],
      [
        [code("--type 'order.*'"), code("type:order.*")],
        [code("--since 10m"), code("since:10m")],
        [code("--failed"), code("is:failed")],
      ],
    ),
    "## On arrival",
    "`listen --filter` decides when a request arrives, so it takes no term about an answer. What does not match is stored and acknowledged like everything else, and goes nowhere; `--path` must hold as well.",
  );
}
