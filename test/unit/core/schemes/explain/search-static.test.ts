import { expect, test } from "vitest";
import { searchStatic } from "../../../../../src/core/schemes/explain/search-static.ts";
import { SECRET, sceneFor } from "../../../../helpers/explained.ts";
import { textBody } from "../../../../helpers/samples.ts";

const other = { name: "secrets.github", text: "token-two-2" };
const message = { method: "POST", target: "/", headers: ["X-Gitlab-Token", "x"], body: textBody("{}") };
const scene = sceneFor(message, "gitlab", [other]);

function cause(token: string, secretText = SECRET.text): string | undefined {
  return searchStatic(scene, token, "x-gitlab-token", [{ ...SECRET, text: secretText }])?.causes[0]?.name;
}

test("a token that is the secret but for its edges is recognised", () => {
  expect(cause("abcdefgh", " abcdefgh\n")).toBe("secret-trimmed");
  expect(cause("abcdefgh", '"abcdefgh"')).toBe("secret-unquoted");
});

test("so is another provider's", () => {
  expect(cause(other.text)).toBe("other-secret");
  expect(searchStatic(scene, other.text, "x-gitlab-token", [])?.secret).toBe(other);
});

test("anything else is not, and an empty token never", () => {
  expect(cause("something else")).toBeUndefined();
  expect(cause("")).toBeUndefined();
});
