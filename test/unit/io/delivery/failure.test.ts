import { describe, expect, test } from "vitest";
import { failureOf } from "../../../../src/io/delivery/failure.ts";

const coded = (code: string, fields: object = {}): Error =>
  Object.assign(new Error("what happened"), { code, ...fields });

describe("why there is no response", () => {
  test.each([
    ["ECONNREFUSED", "refused"],
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["DNS_TIMEOUT", "dns"],
    ["ENETUNREACH", "unreachable"],
    ["EHOSTUNREACH", "unreachable"],
    ["EADDRNOTAVAIL", "unreachable"],
    ["EACCES", "unreachable"],
    ["ETIMEDOUT", "timeout"],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
    ["ECONNRESET", "reset"],
    ["EPIPE", "reset"],
    ["UND_ERR_SOCKET", "reset"],
    ["UND_ERR_HEADERS_OVERFLOW", "bad-response"],
    ["HPE_INVALID_CONSTANT", "bad-response"],
    ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "cut-off"],
    ["UND_ERR_INVALID_ARG", "unsendable"],
    ["UND_ERR_REQ_CONTENT_LENGTH_MISMATCH", "unsendable"],
    ["BODY_FILE_MISSING", "unsendable"],
    ["BODY_FILE_REFUSED", "unsendable"],
    ["EPROTO", "tls"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["SOMETHING_NEW", "reset"],
  ])("%s is %s", (code, reason) => {
    expect(failureOf(coded(code), false)).toEqual({ reason, detail: `${code}: what happened` });
  });

  test("undici's parser errors are known by their name", () => {
    const error = Object.assign(new Error("Expected HTTP/"), { name: "HTTPParserError" });
    expect(failureOf(error, true)).toEqual({ reason: "bad-response", detail: "Expected HTTP/" });
  });

  test.each(["bad response", "bad upgrade"])("what undici calls a %s is one, and no lost connection", (message) => {
    const error = Object.assign(new Error(message), { code: "UND_ERR_SOCKET" });
    expect(failureOf(error, false)).toEqual({ reason: "bad-response", detail: `UND_ERR_SOCKET: ${message}` });
  });

  test("a connection that is lost after the head cuts the response off", () => {
    expect(failureOf(coded("ECONNRESET"), true).reason).toBe("cut-off");
    expect(failureOf(coded("ETIMEDOUT"), true).reason).toBe("timeout");
  });

  test("the cause counts where the error itself says nothing", () => {
    expect(failureOf(new Error("outer", { cause: coded("ECONNREFUSED") }), false).reason).toBe("refused");
  });
});

describe("the detail", () => {
  test("leaves out how to run Node", () => {
    const message =
      "self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca";
    const error = Object.assign(new Error(message), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(failureOf(error, false).detail).toBe("DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate");
  });

  test.each([
    [{ address: "127.0.0.1", port: 8000 }, "ECONNREFUSED 127.0.0.1:8000"],
    [{ address: "::1", port: 8000 }, "ECONNREFUSED [::1]:8000"],
    [{ address: "/run/a.sock" }, "ECONNREFUSED /run/a.sock"],
    [{ hostname: "nowhere.test" }, "ECONNREFUSED nowhere.test"],
    [{ address: "127.0.0.1", port: 8000, afterMs: 10_000 }, "ECONNREFUSED 127.0.0.1:8000 after 10000 ms"],
  ])("says where: %j", (fields, detail) => {
    expect(failureOf(coded("ECONNREFUSED", fields), false).detail).toBe(detail);
  });

  test("names every address that was tried", () => {
    const errors = [
      coded("ECONNREFUSED", { address: "127.0.0.1", port: 1 }),
      coded("EADDRNOTAVAIL", { address: "::1", port: 1 }),
    ];
    expect(failureOf(coded("ECONNREFUSED", { errors }), false).detail).toBe(
      "ECONNREFUSED 127.0.0.1:1, EADDRNOTAVAIL [::1]:1",
    );
  });

  test.each([undefined, null, "text", 7])("takes anything that was thrown: %j", (error) => {
    expect(failureOf(error, false).reason).toBe("reset");
  });
});
