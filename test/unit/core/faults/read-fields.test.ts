import { expect, test } from "vitest";
import { readFields } from "../../../../src/core/faults/read-fields.ts";

const read = (written: string) => readFields({ written, from: 0, to: written.length }, 4);

test("headers keep their order, letter case and repeats; body is the body", () => {
  expect(read('500:X-B=1;x-a="";BODY={};X-B=2x3')).toEqual({
    options: {
      headers: [
        ["X-B", "1"],
        ["x-a", ""],
        ["X-B", "2"],
      ],
      body: "{}",
    },
    to: 30,
  });
});

test.each(["connection", "Transfer-Encoding", "content-length", "keep-alive", "upgrade"])("%s is refused", (name) => {
  expect(() => read(`500:${name}=x`)).toThrow(`${name} belongs to the connection`);
});
