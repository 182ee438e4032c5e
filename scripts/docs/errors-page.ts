import { type CatalogueEntry, type ErrorCategory, errorCatalogue } from "../../src/core/model/error-catalogue.ts";
import { exitCodeOf } from "../../src/cli/terminal/exit.ts";
import { code, fence, GENERATED, page, table } from "./markdown.ts";

/** What each category means, in the order of the page. */
const categories: Readonly<Record<ErrorCategory, string>> = {
  refused: "The answer is no",
  usage: "The command line cannot be used",
  "not-found": "What was asked for is not there",
  environment: "The machine stands in the way",
  "no-answer": "A target gave no answer",
  "timed-out": "It took too long",
};

const EXAMPLE_JSON = {
  v: 1,
  kind: "error",
  code: "REQUEST_NOT_FOUND",
  message: "there is no request 42 in /home/me/.local/share/hookcli/hooks.db",
  hint: "hookcli list shows what is stored",
  exit: 3,
};

export function renderErrorsPage(): string {
  const entries: readonly (readonly [string, CatalogueEntry])[] = Object.entries(errorCatalogue);
  const sections = Object.entries(categories).flatMap(([category, title]) => {
    const mine = entries.filter(([, entry]) => entry.category === category);
    if (mine.length === 0) return [];
    const exit = exitCodeOf(category as ErrorCategory);
    return [`## ${title}: exit code ${exit}`, ...mine.map(([name, entry]) => section(name, entry))];
  });
  return page(
    GENERATED,
    "# Errors",
    "An error has a code that never changes its meaning, says in one line what happened, and names the next command. It goes to standard error:",
    fence(
      "error: there is no request 42 in /home/me/.local/share/hookcli/hooks.db\n  hookcli list shows what is stored",
    ),
    "With `--json` it is one line of JSON there, with the code:",
    fence(JSON.stringify(EXAMPLE_JSON), "json"),
    "`HOOKCLI_DEBUG=1` adds where in hookcli it happened. Words in braces below stand for the values of the moment.",
    table(
      ["code", "exit code"],
      entries.map(([name, { category }]) => [`[${code(name)}](#${name.toLowerCase()})`, String(exitCodeOf(category))]),
    ),
    ...sections,
    "## A bug in hookcli: exit code 70",
    "Anything that is not on this page is a mistake in hookcli. It prints a stack trace; please report it, together with the output of `hookcli --version`.",
  );
}

function section(name: string, { title, hint }: CatalogueEntry): string {
  return `### ${name}\n\n${sentence(title)}\n\nHint: ${hint}`;
}

function sentence(title: string): string {
  return `> error: ${title}`;
}
