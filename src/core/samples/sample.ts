/** A JSON value as a sample holds it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonFields;

export interface JsonFields {
  readonly [name: string]: Json;
}

/** The events that one provider sends, as `send` makes them up. */
export interface Samples {
  /** Name of its scheme. */
  readonly provider: string;
  /** Page or package that the fields were taken from. */
  readonly source: string;
  /** Event types, the most used first. */
  readonly types: readonly Sample[];
  /** Makes an event of a type that is not listed; undefined: such a type is none of the provider's. */
  readonly anyType?: ((make: Maker) => Json) | undefined;
  /** A fresh id of an event, in the provider's form. */
  readonly eventId: (own: Ids) => string;
  /** What `--api-version` replaces; undefined: its events name no version. */
  readonly apiVersion?: string;
  /** The header that names the version, where the body does not. */
  readonly apiVersionHeader?: string;
  /** The field that `--thin` leaves out, at the top of the body; undefined: there are no thin events. */
  readonly snapshot?: string;
  /** Default `json`, compact. `json-ascii` writes everything beyond ASCII as `\u00e9`. */
  readonly encoding?: "json" | "json-ascii" | "form";
  /** What the provider writes as the type in its headers, where that is not the type as it is named here. */
  readonly headerType?: (type: string) => string;
}

/** An event type of a provider. */
export interface Sample {
  /** As hookcli names it when it arrives. */
  readonly type: string;
  /** Other names by which it can be asked for. */
  readonly aliases?: readonly string[];
  /** How it is named when it arrives, where several samples are of one type. */
  readonly readsAs?: string;
  readonly build: (make: Maker) => Json;
}

/** What a sample is made of. */
export interface Maker {
  readonly type: string;
  readonly eventId: string;
  /** When it occurred. */
  readonly atMs: number;
  /** When the object that it is about came into being; the same for all events of one object. */
  readonly bornMs: number;
  readonly apiVersion: string;
  /** Ids that belong to this event alone. */
  readonly own: Ids;
  /** Ids of objects: all events of one call are about the same ones. */
  readonly ids: Ids;
}

/** Made-up ids. The same name gives the same one. */
export interface Ids {
  /** Letters of both cases and digits. */
  readonly mixed: (name: string, length: number) => string;
  /** Capital letters and digits. */
  readonly capitals: (name: string, length: number) => string;
  /** Small letters and digits, as in a ULID. */
  readonly small: (name: string, length: number) => string;
  readonly hex: (name: string, length: number) => string;
  /** Digits, the first no 0. */
  readonly digits: (name: string, length: number) => string;
  /** The same as a number; at most 15 digits. */
  readonly number: (name: string, length: number) => number;
  readonly uuid: (name: string) => string;
}

/** Seconds since 1970. */
export function unixSeconds(atMs: number): number {
  return Math.floor(atMs / 1000);
}

/** `2026-11-22T14:22:31.118Z` */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** `2026-11-22T14:22:31Z` */
export function isoSeconds(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
