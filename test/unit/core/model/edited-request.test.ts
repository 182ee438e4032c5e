import { expect, test } from "vitest";
import { EMPTY_BODY } from "../../../../src/core/model/body.ts";
import { editedRequest } from "../../../../src/core/model/edited-request.ts";
import { capturedRequest, textBody } from "../../../helpers/samples.ts";

test("an edited request is a whole one of its own, with its length where the old one stood", () => {
  const request = capturedRequest({
    headers: ["A", "1", "content-LENGTH", "8", "Content-Type", "application/json", "B", "2"],
    completeness: "partial",
    trailers: ["T", "1"],
    refusal: { status: 400, code: "x", reason: "x" },
  });
  expect(editedRequest(request, { body: textBody("12345678901") }, 5)).toEqual({
    ...request,
    headers: ["A", "1", "Content-Length", "11", "Content-Type", "application/json", "B", "2"],
    trailers: [],
    refusal: undefined,
    body: textBody("12345678901"),
    receivedAtMs: 5,
    receiveDurationMs: 0,
    origin: "edit",
    completeness: "complete",
  });
});

test("chunks become a length, and a coding that the new body does not have is left out", () => {
  const headers = ["Transfer-Encoding", "chunked", "Content-Encoding", "gzip", "Trailer", "T", "A", "1"];
  const edited = editedRequest(capturedRequest({ headers }), { body: textBody("hi") }, 5);
  expect(edited.headers).toEqual(["Content-Length", "2", "A", "1"]);
});

test("other headers, method and target take the place of the old ones; the length is added where there was none", () => {
  const request = capturedRequest({ headers: ["A", "1"] });
  const changes = { method: "PUT", target: "/new", headers: ["B", "2"], body: textBody("hi") };
  expect(editedRequest(request, changes, 5)).toMatchObject({
    method: "PUT",
    target: "/new",
    headers: ["B", "2", "Content-Length", "2"],
  });
  expect(editedRequest(request, { ...changes, body: EMPTY_BODY }, 5).headers).toEqual(["B", "2"]);
});
