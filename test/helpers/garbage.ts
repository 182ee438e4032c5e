import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Collects what is not needed any more, so that the time it takes does not fall into what is measured next. */
export function collectGarbage(): void {
  collect();
}
