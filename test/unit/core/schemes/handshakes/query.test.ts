import { expect, test } from "vitest";
import { queryOf } from "../../../../../src/core/schemes/handshakes/query.ts";
import { MessageView } from "../../../../../src/core/schemes/message-view.ts";
import { textBody } from "../../../../helpers/samples.ts";

test("is what stands behind the first question mark, decoded", () => {
  expect([...queryOf(viewOf("/a?x=1%202&y=?"))]).toEqual([
    ["x", "1 2"],
    ["y", "?"],
  ]);
});

test.each(["/a", "/a?", `/a?x=${"1".repeat(17 * 1024)}`])(
  "is empty where there is none or a very long one (%#)",
  (target) => {
    expect(queryOf(viewOf(target)).size).toBe(0);
  },
);

test("is read once", () => {
  const view = viewOf("/?a=1");
  expect(queryOf(view)).toBe(queryOf(view));
});

function viewOf(target: string): MessageView {
  return new MessageView({ method: "GET", target, headers: [], body: textBody("") });
}
