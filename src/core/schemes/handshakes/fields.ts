import type { MessageView } from "../message-view.ts";
import { stepInto } from "../places.ts";

/** The value of a field of a JSON body; undefined where there is none. @param path `payload.plainToken` */
export function fieldOf(view: MessageView, path: string): unknown {
  return stepInto(view.json, path.split("."));
}
