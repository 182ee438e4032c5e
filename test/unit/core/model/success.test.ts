import { expect, test } from "vitest";
import { isSuccess } from "../../../../src/core/model/success.ts";

test("2xx is success, and nothing else is: no redirect, no interim response, and not the silence that counts as 0", () => {
  expect([0, 100, 199, 200, 204, 299, 300, 304, 404, 500, 600].filter(isSuccess)).toEqual([200, 204, 299]);
});
