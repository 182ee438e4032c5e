/**
 * The forms in which events without a provider are written, the default first; `envelopes` says what each is. Apart from it,
 * since the words of help need no more than the names.
 */
export const envelopeNames = [
  "plain",
  "event-data",
  "event-flat",
  "object",
  "flat",
  "stripe",
  "event-type",
  "standard",
] as const;

export type EnvelopeName = (typeof envelopeNames)[number];
