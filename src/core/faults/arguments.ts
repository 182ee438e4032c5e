import type { FaultOptions } from "./fault.ts";

/** What an item says behind its colon, and where in the item that ends. */
export interface ReadArgument {
  readonly options: FaultOptions;
  readonly to: number;
}
