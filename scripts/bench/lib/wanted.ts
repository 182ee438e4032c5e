/** What a measurement is told on the command line; undefined: its own default. */
export interface Wanted {
  readonly rounds: number | undefined;
  readonly seconds: number | undefined;
  readonly requests: number | undefined;
}
