import fc from "fast-check";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ColourLevel } from "../../../../src/cli/terminal/colour.ts";
import { Printer, type Style, styled } from "../../../../src/cli/terminal/printer.ts";
import { safeLine } from "../../../../src/cli/terminal/safe.ts";
import { DANGEROUS, hostileText } from "../../../helpers/hostile-text.ts";
import { recordedStream, temporaryFolder } from "../../../helpers/surroundings.ts";

const styles: readonly (readonly [Style, number])[] = [
  ["bold", 1],
  ["dim", 2],
  ["good", 32],
  ["wait", 33],
  ["bad", 31],
  ["link", 36],
];

test("without colour a styled piece is its text", async () => {
  const { printer, text } = await recordedPrinter(0);
  printer.line("a ", styled("b", "bad"), styled("", "dim"), " c");
  printer.line();
  expect(await text()).toBe("a b c\n\n");
});

test.each(styles)("with colour %s is code %i around the piece alone", async (style, code) => {
  const { printer, text } = await recordedPrinter(1);
  printer.line("a ", styled("b", style), " c");
  expect(await text()).toMatch(new RegExp(`^a \\u001b\\[${code}mb\\u001b\\[\\d+m c\\n$`));
});

test("foreign text cannot smuggle in a colour or a line of its own", async () => {
  const { printer, text } = await recordedPrinter(3);
  printer.line("\u001b[32mgood\n#1 200", styled("\u001b[0m", "bad"));
  expect(await text()).toBe("\\x1b[32mgood\\x0a#1 200\u001b[31m\\x1b[0m\u001b[39m\n");
});

test("a line is one line, whatever its pieces hold", async () => {
  const { printer, text } = await recordedPrinter(0);
  const texts = fc.sample(hostileText, 300);
  for (const piece of texts) printer.line(piece, styled(piece, "bold"));
  const lines = (await text()).split("\n");
  expect(lines).toHaveLength(texts.length + 1);
  expect(lines.filter((line) => DANGEROUS.test(line))).toEqual([]);
});

test("a line for the time being begins where the one before began and takes it away", async () => {
  const { printer, text } = await recordedPrinter(0);
  printer.transient("10 %\u001b[31m\n");
  printer.transient("");
  expect(await text()).toBe("\r\u001b[K10 %\\x1b[31m\\x0a\r\u001b[K");
});

test("text of several lines ends with exactly one line feed more than it had, or none", async () => {
  const { printer, text } = await recordedPrinter(0);
  printer.text("a\r\n\tb");
  printer.text("c\u001b\n");
  expect(await text()).toBe("a\n\tb\nc\\x1b\n");
});

test("JSON is one line that any parser reads, and none of it moves a terminal", async () => {
  const { printer, text } = await recordedPrinter(3);
  const shapes = fc.sample(fc.dictionary(hostileText, hostileText), 200);
  for (const shape of shapes) printer.json(shape);
  const lines = (await text()).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    shapes.map((shape) => JSON.parse(JSON.stringify(shape)) as unknown),
  );
  expect(lines.filter((line) => DANGEROUS.test(line))).toEqual([]);
});

test("a covered text is printed nowhere: in a piece, a line for the time being, text, JSON, or as escapes write it", async () => {
  const { printer, text } = await recordedPrinter(1);
  for (const secret of ['whsec"one\\two', "key\u001bkey\nkey"]) {
    printer.cover(secret);
    printer.line(`a ${secret}`, styled(secret, "bad"));
    printer.text(`${secret}\n${secret}`);
    printer.transient(secret);
    printer.json({ says: secret, all: [secret, { deep: secret }] });
    printer.line(safeLine(secret), JSON.stringify(secret));
  }
  const printed = await text();
  expect(printed).not.toMatch(/whsec|one|two|key/);
  expect(printed.match(/••••/g)).toHaveLength(20);
});

test("a text that could be part of a word is not covered, and exact bytes are exact", async () => {
  const { printer, text } = await recordedPrinter(0);
  printer.cover("secret1");
  printer.cover("secret22");
  printer.line("secret1 secret22");
  printer.raw(Buffer.from("secret22"));
  expect(await text()).toBe("secret1 ••••\nsecret22");
});

test("what could be a word of hookcli's own, or the name of a field, is printed as it stands, and JSON stays JSON", async () => {
  const { printer, text } = await recordedPrinter(0);
  for (const secret of ["completeness", "delivered", "no-response", 'a","v":2,"x', "12345678", "true", "{}[]:,{}[]:,"])
    printer.cover(secret);
  printer.json({ completeness: "delivered", n: 12345678, isTrue: true, kind: "no-response", says: 'x a","v":2,"x y' });
  printer.line("1 delivered, completeness true");
  const [json = "", line] = (await text()).split("\n");
  expect(JSON.parse(json)).toEqual({
    completeness: "delivered",
    n: 12345678,
    isTrue: true,
    kind: "no-response",
    says: "x •••• y",
  });
  expect(line).toBe("1 delivered, completeness true");
  expect(printer.mask().text("it was delivered")).toBe("it was ••••");
});

test("what was asked for with --reveal is not covered", async () => {
  const { printer, text } = await recordedPrinter(0);
  printer.cover("canary-4711");
  printer.reveal();
  printer.line("canary-4711", printer.mask(true).text("canary-4711"), printer.mask().text("canary-4711"));
  expect(await text()).toBe("canary-4711canary-4711••••\n");
});

test("raw bytes are exactly those bytes", async () => {
  const { printer, text } = await recordedPrinter(3);
  printer.raw(Buffer.from("\u001b[31m\0"));
  await printer.flushed();
  expect(await text()).toBe("\u001b[31m\0");
});

async function recordedPrinter(level: ColourLevel) {
  const recorded = recordedStream(join(temporaryFolder(), "out"));
  return { printer: await Printer.open(recorded.sink, level, true), text: recorded.text };
}
