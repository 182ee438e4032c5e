import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { givenSubject, refuseMixture, storedSubject } from "../../../../../src/cli/commands/verify/subject.ts";
import type { RawFlags } from "../../../../../src/cli/flags/flag.ts";
import { type AnyFlags, Flags } from "../../../../../src/cli/settings/flags.ts";
import { sampleRequest, textBody } from "../../../../helpers/samples.ts";
import { recordedSurroundings } from "../../../../helpers/surroundings.ts";

const flagsOf = (raw: RawFlags): AnyFlags => new Flags(raw, () => ({ kind: "flag" }));

test("a stored request is its own message, posted to where it says, or to the public address", () => {
  const request = sampleRequest({ id: 7, event: { provider: "stripe" } });
  const subject = storedSubject(request, flagsOf({}));
  expect(subject).toMatchObject({
    message: request,
    requestId: 7,
    provider: "stripe",
    completeness: "complete",
  });
  expect(subject.urls).toEqual(["https://localhost:4400/hooks", "http://localhost:4400/hooks"]);
  const named = storedSubject(request, flagsOf({ publicUrl: "https://shop.example" }));
  expect(named.urls[0]).toBe("https://shop.example/hooks");
});

describe("a message that is given by hand", () => {
  test("comes from standard input, with headers as curl takes them", async () => {
    const { at } = await recordedSurroundings({ input: '{"a":1}' });
    const header = ["X-Name:  M\u00fcller ", "X-Empty:"];
    const { message, requestId, receivedAtMs } = await givenSubject(at, flagsOf({ header, method: "put" }));
    expect(message).toEqual({
      method: "PUT",
      target: "/",
      headers: ["X-Name", "M\u00c3\u00bcller", "X-Empty", ""],
      body: textBody('{"a":1}'),
    });
    expect([requestId, receivedAtMs]).toEqual([undefined, undefined]);
  });

  test("comes from a file, posted to the URL that is named", async () => {
    const { at, folder } = await recordedSurroundings();
    const bodyFile = join(folder, "body");
    writeFileSync(bodyFile, "one");
    const { message, urls } = await givenSubject(at, flagsOf({ bodyFile, url: "https://shop.example/hooks?x=1" }));
    expect(message).toMatchObject({ method: "POST", target: "/hooks?x=1", body: textBody("one") });
    expect(urls).toEqual(["https://shop.example/hooks?x=1"]);
    expect((await givenSubject(at, flagsOf({ bodyFile, url: "/hooks" }))).message.target).toBe("/hooks");
  });

  test("has no header without a colon", async () => {
    const { at } = await recordedSurroundings();
    await expect(givenSubject(at, flagsOf({ header: ["X-Name"] }))).rejects.toMatchObject({
      code: "BAD_VALUE",
    });
  });
});

test.each<[readonly string[], RawFlags, string | undefined]>([
  [["7"], {}, undefined],
  [[], { bodyFile: "-", method: "PUT", header: ["A: 1"], url: "/" }, undefined],
  [["7"], { bodyFile: "-" }, "7 is in the store, and --body-file is not"],
  [[], {}, "say which request, or give its body with --body-file"],
  [["7"], { header: ["A: 1"] }, "--header goes with --body-file"],
  [["7"], { method: "PUT" }, "--method goes with --body-file"],
  [["7"], { url: "/" }, "--url goes with --body-file"],
])("of %j and %j it is said: %s", (args, raw, problem) => {
  const refuse = (): void => refuseMixture(args, flagsOf(raw));
  if (problem === undefined) expect(refuse).not.toThrow();
  else expect(refuse).toThrow(problem);
});
