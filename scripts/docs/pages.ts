import { renderCliPage } from "./cli-page.ts";
import { renderErrorsPage } from "./errors-page.ts";
import { renderJsonPage } from "./json-page.ts";
import { renderStorePage } from "./store-page.ts";

/** A page of docs/ that is made from the code. */
export interface Page {
  /** From the top of the repository. */
  readonly path: string;
  readonly render: () => string | Promise<string>;
}

/** Every generated page. */
export const pages: readonly Page[] = [
  { path: "docs/cli.md", render: renderCliPage },
  { path: "docs/errors.md", render: renderErrorsPage },
  { path: "docs/json.md", render: renderJsonPage },
  { path: "docs/store.md", render: renderStorePage },
];
