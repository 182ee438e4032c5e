/** A condition over `requests`. */
export interface SqlCondition {
  /** Stands behind WHERE; its `?` are filled by `parameters`, in their order. */
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

/** A filter as a condition over `requests`. */
export interface FilterSql extends SqlCondition {
  /** The same for a short stretch of ids, which is walked sooner than the index on statuses is read. */
  readonly walked: SqlCondition;
  /** Bodies are read for it, so it is much slower than what stays within the rows. */
  readonly needsBodies: boolean;
  /** Spooled bodies may decide it, and SQL does not see them: see `spooled` of `filterSql`. */
  readonly needsSpooled: boolean;
}

export type SqlValue = string | number | Uint8Array;

/** A glob as SQLite's GLOB reads it: beside `*` it knows two more signs, which brackets make plain. */
export function globPattern(glob: string): string {
  return glob.replaceAll(/[[?]/g, "[$&]");
}
