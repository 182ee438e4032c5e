import type { Removal, StoreSizes } from "../../io/store/upkeep/upkeep.ts";
import type { RemovalFields, SizeFields } from "../../core/wire/shapes/store-shapes.ts";
import { countText, plural } from "./units.ts";
import { sizeText } from "../../core/model/quantities.ts";

const MOST_NAMED = 10;

/** `removed 11 requests with 12 deliveries, 25 kB of bodies` */
export function removalText({ requests, deliveries, bodyBytes }: Removal, isDryRun: boolean): string {
  const verb = isDryRun ? "would remove" : "removed";
  const of = requests === 0 ? "no request" : plural(requests, "request");
  const carried = [
    ...(deliveries > 0 ? [`${countText(deliveries)} ${deliveries === 1 ? "delivery" : "deliveries"}`] : []),
    ...(bodyBytes > 0 ? [`${sizeText(bodyBytes)} of bodies`] : []),
  ];
  return `${verb} ${of}${carried.length > 0 ? ` with ${carried.join(" and ")}` : ""}`;
}

/** What was left, and why. */
export function leftText(busy: readonly number[]): string {
  const named = busy.slice(0, MOST_NAMED).map((id) => `#${id}`);
  const more = busy.length > MOST_NAMED ? ` and ${countText(busy.length - MOST_NAMED)} more` : "";
  const verb = busy.length === 1 ? "a delivery of it is" : "deliveries of them are";
  return `left ${named.join(", ")}${more}: ${verb} running`;
}

/** `database 1.2 MB, log 310 kB, bodies 12 MB` */
export function sizesText({ databaseBytes, logBytes, bodyBytes }: StoreSizes): string {
  return `database ${sizeText(databaseBytes)}, log ${sizeText(logBytes)}, bodies ${sizeText(bodyBytes)}`;
}

export function removalToJson(
  { requests, deliveries, attempts, bodyBytes, busy }: Removal,
  dryRun: boolean,
): RemovalFields {
  return { dryRun, requests, deliveries, attempts, bodyBytes, left: [...busy] };
}

export function sizesToJson({ databaseBytes, logBytes, bodyBytes }: StoreSizes): SizeFields {
  return { total: databaseBytes + logBytes + bodyBytes, database: databaseBytes, log: logBytes, bodies: bodyBytes };
}
