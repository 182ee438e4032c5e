import { describe, expect, test } from "vitest";
import { type ContentEdits, editContent, type EditedContent } from "../../../../src/app/replaying/edit.ts";
import { parseTextEdit } from "../../../../src/core/json/edit-json.ts";
import { bytesBody, wholeBody } from "../../../../src/core/model/body.ts";
import type { CapturedRequest } from "../../../../src/core/model/request.ts";
import { sampleRequest, textBody } from "../../../helpers/samples.ts";

const NOTHING: ContentEdits = { body: undefined, values: [] };
const PAID = parseTextEdit("a=paid", "--set");

describe("a request is edited", () => {
  test("not at all where nothing was asked for", async () => {
    expect((await edit(NOTHING)).edited).toBeUndefined();
  });

  test("by another body, then by single values, then by hand", async () => {
    const seen: string[] = [];
    const { edited, isUntouched } = await edit({
      body: Buffer.from('{"a":1,"b":2}'),
      values: [PAID],
      byHand: async (_id, raw) => {
        seen.push(Buffer.from(raw.body).toString());
        return { ...raw, method: "PUT", target: "/other" };
      },
    });
    expect(seen).toEqual(['{"a":"paid","b":2}']);
    expect([edited?.method, edited?.target, isUntouched]).toEqual(["PUT", "/other", false]);
    expect((await wholeBody(edited?.body ?? textBody(""))).toString()).toBe('{"a":"paid","b":2}');
  });

  test("by hand without a change: untouched, unless something else was changed", async () => {
    const byHand = async (): Promise<undefined> => undefined;
    expect(await edit({ ...NOTHING, byHand })).toEqual({ edited: undefined, isUntouched: true });
    const both = await edit({ ...NOTHING, values: [PAID], byHand });
    expect([both.edited === undefined, both.isUntouched]).toEqual([false, true]);
  });
});

describe("what cannot be edited is refused:", () => {
  test.each([
    ["a body that is no text", { body: bytesBody(Uint8Array.of(0xff, 0xfe)) }],
    ["a body that is compressed", { headers: ["Content-Encoding", "gzip"] }],
  ])("%s", async (_, changes) => {
    await expect(edit({ ...NOTHING, values: [PAID] }, changes)).rejects.toMatchObject({ code: "BODY_NOT_EDITABLE" });
  });

  test("a whole new body in place of a compressed one is taken, and that it is plain now is told", async () => {
    const notes: string[] = [];
    const changes = { headers: ["Content-Encoding", "gzip"] };
    const { edited } = await edit({ ...NOTHING, body: Buffer.from("{}") }, changes, notes);
    expect(edited?.headers.join()).not.toMatch(/gzip/);
    expect(notes).toEqual(["Content-Encoding gzip is left out, because the new body is plain"]);
  });
});

async function edit(
  edits: ContentEdits,
  changes: Partial<CapturedRequest> = {},
  notes: string[] = [],
): Promise<EditedContent> {
  const request = sampleRequest({ body: textBody('{"a":1}'), ...changes });
  const keep = async (bytes: Uint8Array) => bytesBody(bytes);
  return editContent(request, edits, { keep, onNote: (note) => notes.push(note), nowMs: 1 });
}
