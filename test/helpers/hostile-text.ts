import fc from "fast-check";

/** What must never reach a terminal raw: controls, direction overrides, invisible characters, line separators, surrogates. */
export const DANGEROUS =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u;

/** Strings that broke somebody's program before. */
export const nastyStrings: readonly string[] = [
  "",
  " ",
  "\0",
  "\r\n",
  "\r\r\n\n",
  "\u001b[2J\u001b[1;1H",
  "\u001b]8;;http://example.test\u0007click\u001b]8;;\u0007",
  "\u009b31mred",
  "\u007f\u0008\u0008\u0008",
  "\u202eexe.gpj",
  "a\u2066b\u2069c",
  "\u200bzero\u200dwidth\ufeff",
  "tag\u{e0041}\u{e007f}",
  "\u2028line\u2029paragraph",
  "\ud800",
  "\udc00\ud800",
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
  "Ṱ̺̺̕o͞ ̷i̲̬n",
  "../../etc/passwd",
  "%s%n%x {name} $& $1 \\x1b \\u202e",
  "__proto__",
  "constructor",
  "NaN",
  "1e309",
  "'; DROP TABLE requests; --",
  "<script>alert(1)</script>",
  '{"a":"\u0000\u2028"}',
  '"\\"\\\\"',
];

/** Any text, mostly made of the characters that are dangerous. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nastyStrings),
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 0xffff }),
        fc.integer({ min: 0, max: 0x20 }),
        fc.integer({ min: 0x7f, max: 0xa0 }),
        fc.integer({ min: 0x2000, max: 0x206f }),
        fc.integer({ min: 0xd800, max: 0xdfff }),
      ),
      { maxLength: 40 },
    )
    .map((units) => String.fromCharCode(...units)),
);

/** Text as the wire gives it: one character a byte. */
export const latin1Text: fc.Arbitrary<string> = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) => Buffer.from(bytes).toString("latin1"));
