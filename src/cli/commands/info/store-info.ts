import type { RecoveredStore } from "../../../io/store/upkeep/recover-store.ts";
import type { SessionRecord } from "../../../core/model/session.ts";
import type { BodyFindings, StoredEdge, StoreFacts } from "../../../io/store/upkeep/store-facts.ts";
import type { StoreSizes } from "../../../io/store/upkeep/upkeep.ts";
import type { SettingRow } from "../../settings/describe-settings.ts";
import { homePath } from "../../running/store-path.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import type { JsonShape } from "../../../core/wire/shapes/index.ts";
import { type Printer, styled } from "../../terminal/printer.ts";
import { sizesText, sizesToJson } from "../../words/removal-words.ts";
import { isoTime } from "../../../core/wire/request-json.ts";
import { countText, dateTimeText, plural } from "../../words/units.ts";
import { sizeText } from "../../../core/model/quantities.ts";

/** What `info` found out. */
export interface StoreInfo {
  readonly path: string;
  readonly exists: boolean;
  readonly sizes: StoreSizes;
  /** Undefined where there is no store, or where it cannot be read. */
  readonly facts: StoreFacts | undefined;
  readonly living: readonly SessionRecord[];
  /** Undefined: nobody asked. */
  readonly check: StoreCheck | undefined;
}

export interface StoreCheck extends BodyFindings {
  /** What SQLite found; undefined: nothing. */
  readonly damage: string | undefined;
}

/** Leftover files are no damage: the next listener sweeps them. */
export function isSound({ damage, missing }: StoreCheck): boolean {
  return damage === undefined && missing.length === 0;
}

export function printInfo(at: Surroundings, info: StoreInfo): void {
  const { out } = at;
  out.line(label("store"), styled(homePath(info.path, at.env), "bold"));
  if (!info.exists) return out.line(label(""), "not there yet: the first hookcli listen makes it");
  const { databaseBytes, logBytes, bodyBytes } = info.sizes;
  out.line(label("size"), `${sizeText(databaseBytes + logBytes + bodyBytes)} (${sizesText(info.sizes)})`);
  if (info.facts) printFacts(out, info.facts);
  for (const [index, session] of info.living.entries()) printSession(out, session, index === 0);
  if (info.facts && info.living.length === 0) out.line(label("running"), "nothing");
  if (info.check) printCheck(at, info.path, info.check);
}

export function infoToJson({ path, exists, sizes, facts, living, check }: StoreInfo): JsonShape<"info"> {
  return {
    v: 1,
    kind: "info",
    path,
    exists,
    size: sizesToJson(sizes),
    stored: facts ? factsToJson(facts) : null,
    sessions: living.map(({ pid, command, startedAtMs, captureUrl, targets, directory }) => ({
      pid,
      command,
      startedAt: isoTime(startedAtMs),
      capture: captureUrl ?? null,
      forward: [...targets],
      directory,
    })),
    ...(check
      ? {
          check: {
            sound: isSound(check),
            damage: check.damage ?? null,
            missing: [...check.missing],
            stray: [...check.stray],
          },
        }
      : {}),
  };
}

function factsToJson({ schemaVersion, oldest, newest, ...counts }: StoreFacts): JsonShape<"info">["stored"] {
  const edge = (found: StoredEdge | undefined) =>
    found ? { id: found.id, receivedAt: isoTime(found.receivedAtMs) } : null;
  return { schema: schemaVersion, ...counts, oldest: edge(oldest), newest: edge(newest) };
}

/** What was saved, and what was not. */
export function printRecovered(at: Surroundings, from: string, to: string, recovered: RecoveredStore): void {
  const { out } = at;
  out.line(`saved what could be read of ${homePath(from, at.env)} in `, styled(homePath(to, at.env), "bold"));
  for (const { table, rows, unreadable } of recovered.tables) {
    const lost = unreadable > 0 ? styled(`  ${plural(unreadable, "key")} unreadable`, "bad") : "";
    out.line(`  ${table.padEnd(15)}${countText(rows).padStart(9)}`, lost);
  }
  const { files, missingFiles, withoutBody } = recovered;
  if (files > 0) out.line(`  ${"body files".padEnd(15)}${countText(files).padStart(9)}`);
  if (missingFiles > 0) out.line("  ", styled(`${plural(missingFiles, "body file")} not there any more`, "bad"));
  if (withoutBody > 0) out.line("  ", styled(`${plural(withoutBody, "request")} without the body, now partial`, "bad"));
  at.err.line(`Go on with it: --db ${to}. The damaged store is as it was.`);
}

export function recoveredToJson(from: string, to: string, recovered: RecoveredStore): JsonShape<"recovered"> {
  const { tables, files, missingFiles, withoutBody } = recovered;
  return { v: 1, kind: "recovered", from, to, tables: [...tables], files, missingFiles, withoutBody };
}

/** Room for a value; a longer one pushes its own origin away, and no other. */
const VALUE_WIDTH = 24;

/** One line each: key, value, where it comes from. */
export function printSettings(at: Surroundings, rows: readonly SettingRow[]): void {
  const width = Math.max(...rows.map(({ key }) => key.length));
  const valueWidth = Math.min(VALUE_WIDTH, Math.max(...rows.map(({ value = "-" }) => value.length)));
  for (const { key, value = "-", origin } of rows)
    at.out.line(styled(key.padEnd(width), "bold"), `  ${value.padEnd(valueWidth)}`, styled(`  ${origin}`, "dim"));
}

function printFacts(out: Printer, facts: StoreFacts): void {
  const malformed = facts.malformed > 0 ? `, ${countText(facts.malformed)} of them malformed` : "";
  out.line(label("requests"), `${countText(facts.requests)}${malformed}`);
  if (facts.oldest && facts.newest)
    out.line(label(""), styled(`${edgeText(facts.oldest)} to ${edgeText(facts.newest)}`, "dim"));
  out.line(label("deliveries"), `${countText(facts.deliveries)} with ${plural(facts.attempts, "attempt")}`);
  if (facts.prunedEvents > 0)
    out.line(label("removed"), `ids of ${plural(facts.prunedEvents, "event")} remembered, for 72 hours`);
  out.line(label("schema"), String(facts.schemaVersion));
}

function printSession(out: Printer, session: SessionRecord, isFirst: boolean): void {
  const { command, pid, captureUrl, targets } = session;
  const where = captureUrl === undefined ? "" : `  ${captureUrl}`;
  const arrow = targets.length > 0 ? ` ${out.isUnicode ? "→" : "->"} ${targets.join(", ")}` : "";
  out.line(label(isFirst ? "running" : ""), `${command}  pid ${pid}`, styled(where, "link"), arrow);
}

function printCheck({ out, err }: Surroundings, path: string, check: StoreCheck): void {
  if (isSound(check)) out.line(label("check"), styled("sound", "good"));
  if (check.damage !== undefined) {
    out.line(label("check"), styled(`damaged: ${check.damage}`, "bad"));
    err.line(`Stop hookcli, then save what can be read: hookcli info --db ${path} --recover ${path}.saved`);
  }
  for (const name of check.missing) out.line(label("check"), styled(`body file lost: ${name}`, "bad"));
  if (check.stray.length === 0) return;
  const verb = check.stray.length === 1 ? "is" : "are";
  err.line(`${plural(check.stray.length, "body file")} ${verb} in no use; a listener removes such files after a day`);
}

function edgeText({ id, receivedAtMs }: StoredEdge): string {
  return `#${id} (${dateTimeText(receivedAtMs).slice(0, 19)})`;
}

function label(text: string): string {
  return text.padEnd(12);
}
