import { commands } from "../../src/cli/commands/index.ts";
import { renderCliPage } from "./cli-page.ts";
import { renderConfigPage } from "./config-page.ts";
import { renderErrorsPage } from "./errors-page.ts";
import { renderFaultsPage } from "./faults-page.ts";
import { renderFiltersPage } from "./filters-page.ts";
import { renderJsonPage } from "./json-page.ts";
import { renderSchedulesPage } from "./schedules-page.ts";
import { renderSchemesPage } from "./schemes-page.ts";
import { renderStorePage } from "./store-page.ts";

/** A page of docs/ that is made from the code. */
export interface Page {
  /** From the top of the repository. */
  readonly path: string;
  readonly render: () => string | Promise<string>;
}

/** Every generated page. */
export const pages: readonly Page[] = [
  { path: "docs/cli.md", render: () => renderCliPage(commands) },
  { path: "docs/config.md", render: () => renderConfigPage(commands) },
  { path: "docs/errors.md", render: renderErrorsPage },
  { path: "docs/faults.md", render: renderFaultsPage },
  { path: "docs/filters.md", render: renderFiltersPage },
  { path: "docs/json.md", render: renderJsonPage },
  { path: "docs/schedules.md", render: renderSchedulesPage },
  { path: "docs/schemes.md", render: renderSchemesPage },
  { path: "docs/store.md", render: renderStorePage },
];
