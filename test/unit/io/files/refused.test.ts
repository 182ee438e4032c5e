import { expect, test } from "vitest";
import { refused } from "../../../../src/io/files/refused.ts";

test("what is refused is named with the reason and what to do", () => {
  expect(refused("/tmp/x", "it is a named pipe")).toMatchObject({
    code: "FILE_REFUSED",
    message: "/tmp/x is left alone: it is a named pipe",
    hint: "Look at it (ls -l), then move it away, make it yours (chown), or name another one. Nothing was changed.",
  });
  expect(refused("/tmp/x", "it is a link", "Name the file").hint).toBe("Name the file. Nothing was changed.");
});
