import fc from "fast-check";
import { expect, test } from "vitest";
import { badValue, HookcliError } from "../../../../src/core/model/errors.ts";
import { hostileText } from "../../../helpers/hostile-text.ts";

test("title and hint are filled from the details, each blank wherever it stands", () => {
  const error = new HookcliError("PORT_IN_USE", { port: 4400, host: "127.0.0.1", next: 4401 });
  expect(error.message).toBe("port 4400 on 127.0.0.1 is taken by another program");
  expect(error.hint).toBe("Choose another one: hookcli listen --port 4401, or leave --port out for the next free one");
});

test("an error knows its code, category, details and cause", () => {
  const cause = new Error("EACCES");
  const error = new HookcliError("FILE_UNREADABLE", { path: "a.pem", reason: "EACCES" }, { cause });
  expect(error).toMatchObject({ name: "HookcliError", code: "FILE_UNREADABLE", category: "environment", cause });
  expect(error.details).toEqual({ path: "a.pem", reason: "EACCES" });
});

test("a blank without a detail stays readable as a blank", () => {
  expect(new HookcliError("NO_TARGET").message).toContain("request {id} should go");
});

test("a value is put in as it is: no blank inside it is filled again, no pattern is expanded", () => {
  fc.assert(
    fc.property(hostileText, (problem) => {
      expect(new HookcliError("USAGE", { problem, help: "hookcli --help" }).message).toBe(problem);
    }),
  );
  expect(new HookcliError("USAGE", { problem: "{help} $& $1", help: "x" }).message).toBe("{help} $& $1");
});

test("a bad value names what was given, quoted, the problem, and an example", () => {
  const error = badValue("--port", 'a"b', "it is not a number", "4400");
  expect(error).toMatchObject({ code: "BAD_VALUE", category: "usage" });
  expect(error.message).toBe('--port cannot be "a\\"b": it is not a number');
  expect(error.hint).toBe("Write it like this: 4400");
});
