import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDurationMs, parseSizeBytes, parseWholeNumber, sizeText } from "../../../../src/core/model/quantities.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

const badValue = expect.objectContaining({ code: "BAD_VALUE" }) as Error;
const examples = nastyStrings.map((text): [string] => [text]);

describe("a duration", () => {
  test.each([
    ["0", 0],
    ["500ms", 500],
    ["30s", 30_000],
    ["5m", 300_000],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    ["1.5s", 1500],
    [" 1s ", 1000],
    ["2147483647ms", 2_147_483_647],
  ])("%j is %i ms", (text, durationMs) => {
    expect(parseDurationMs(text, "--for")).toBe(durationMs);
  });

  test.each([
    "",
    "5",
    "5 s",
    "5S",
    "-1s",
    "1e3s",
    "s",
    "1.s",
    ".5s",
    "0x10s",
    "1s2s",
    "Infinity",
    "2147483648ms",
    "25d",
  ])("%j is refused", (text) => {
    expect(() => parseDurationMs(text, "--for")).toThrow(badValue);
  });

  test("may be longer where nobody waits for it", () => {
    expect(parseDurationMs("30d", "since", 31 * 86_400_000)).toBe(2_592_000_000);
    expect(() => parseDurationMs("32d", "since", 31 * 86_400_000)).toThrow("it is longer than 31 days");
  });

  test("is a whole number of milliseconds that a timer can take, or BAD_VALUE, whatever is written", () => {
    const text = fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(..."0123456789.msh d".split("")) }));
    fc.assert(fc.property(text, fitsOrIsBad(parseDurationMs, 2 ** 31 - 1)), { examples });
  });
});

describe("a size", () => {
  test.each([
    ["0", 0],
    ["512", 512],
    ["512b", 512],
    ["64KiB", 65_536],
    ["64kib", 65_536],
    ["64 KiB", 65_536],
    ["25MiB", 26_214_400],
    ["1GiB", 1_073_741_824],
    ["10kB", 10_000],
    ["10MB", 10_000_000],
    ["2GB", 2_000_000_000],
    ["1.5KiB", 1536],
  ])("%j is %i bytes", (text, sizeBytes) => {
    expect(parseSizeBytes(text, "--max-body")).toBe(sizeBytes);
  });

  test.each(["", "MiB", "-1", "1e6", "1K", "1TiB", "1,5MB", "99999999GiB", "constructor", "1constructor"])(
    "%j is refused",
    (text) => {
      expect(() => parseSizeBytes(text, "--max-body")).toThrow(badValue);
    },
  );

  test("is a whole number of bytes, or BAD_VALUE, whatever is written", () => {
    const text = fc.oneof(hostileText, fc.string({ unit: fc.constantFrom(..."0123456789.kKmMgGiIbB ".split("")) }));
    fc.assert(fc.property(text, fitsOrIsBad(parseSizeBytes, Number.MAX_SAFE_INTEGER)), { examples });
  });
});

describe("a whole number", () => {
  test("is read within its limits, both inclusive", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (value, a, b) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        const read = (): number => parseWholeNumber(String(value), "--port", least, most);
        if (value >= least && value <= most) expect(read()).toBe(value);
        else expect(read).toThrow(badValue);
      }),
    );
  });

  test.each(["", "1.0", "-1", "+1", "1e3", "0x10", "1 2", "NaN", "9999999999999999"])("%j is refused", (text) => {
    expect(() => parseWholeNumber(text, "--port", 0, Number.MAX_SAFE_INTEGER)).toThrow(badValue);
  });

  test("that is refused names the limits", () => {
    expect(() => parseWholeNumber("70000", "--port", 0, 65_535)).toThrow(
      '--port cannot be "70000": it must be a whole number from 0 to 65535',
    );
  });
});

/** Holds where a parser gives a whole number from 0 to `most`, or BAD_VALUE. */
function fitsOrIsBad(parse: (text: string, name: string) => number, most: number): (text: string) => boolean {
  return (text) => {
    try {
      const value = parse(text, "--flag");
      return Number.isInteger(value) && value >= 0 && value <= most;
    } catch (error) {
      expect(error).toEqual(badValue);
      return true;
    }
  };
}

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [1234, "1.2 kB"],
  [9949, "9.9 kB"],
  [9950, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [26_214_400, "26 MB"],
  [5e9, "5.0 GB"],
  [7e15, "7000 TB"],
])("%i bytes are %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
