import { describe, expect, test } from "vitest";
import { type ColourAsked, colourLevel } from "../../../../src/cli/terminal/colour.ts";

const terminal: ColourAsked = { env: {}, isTty: true, depthBits: 24 };
const pipe: ColourAsked = { env: {}, isTty: false, depthBits: 1 };

test.each([
  [1, 0],
  [4, 1],
  [8, 2],
  [24, 3],
])("a terminal of %i bits gets level %i", (depthBits, level) => {
  expect(colourLevel({ ...terminal, depthBits })).toBe(level);
  expect(colourLevel({ ...terminal, depthBits, option: "auto" })).toBe(level);
});

test("a pipe gets no colour", () => {
  expect(colourLevel(pipe)).toBe(0);
});

test("a dumb terminal gets no colour", () => {
  expect(colourLevel({ ...terminal, env: { TERM: "dumb" } })).toBe(0);
});

describe("the order of who decides:", () => {
  test("--color is over everything", () => {
    expect(colourLevel({ ...terminal, option: "never", env: { FORCE_COLOR: "3" } })).toBe(0);
    expect(colourLevel({ ...terminal, option: "always", env: { NO_COLOR: "1" } })).toBe(3);
    expect(colourLevel({ ...pipe, option: "always" })).toBe(1);
  });

  test("NO_COLOR is over FORCE_COLOR, unless it is empty", () => {
    expect(colourLevel({ ...terminal, env: { NO_COLOR: "1", FORCE_COLOR: "3" } })).toBe(0);
    expect(colourLevel({ ...terminal, env: { NO_COLOR: "" } })).toBe(3);
  });

  test.each([
    ["0", 0],
    ["false", 0],
    ["1", 1],
    ["true", 1],
    ["", 1],
    ["2", 2],
    ["3", 3],
    ["9", 1],
  ])("FORCE_COLOR=%s is over TERM and the stream: level %i", (forced, level) => {
    expect(colourLevel({ ...pipe, env: { FORCE_COLOR: forced, TERM: "dumb" } })).toBe(level);
  });
});
