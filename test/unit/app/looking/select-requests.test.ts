import { describe, expect, test } from "vitest";
import { selectRequests } from "../../../../src/app/looking/select-requests.ts";
import type { FilterState } from "../../../../src/core/filter/filter.ts";
import { parseFilter } from "../../../../src/core/filter/parse-filter.ts";
import { capturedRequest, SAMPLE_TIME_MS, textBody } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";

interface Asked {
  readonly names?: readonly string[];
  readonly filter?: string;
  readonly leftOut?: readonly FilterState[];
}

/** What is selected among four requests, of which the third was no HTTP. */
async function selected({ names = [], filter = "", leftOut = [] }: Asked) {
  const store = openStore();
  for (const [target, completeness] of [
    ["/a", "complete"],
    ["/b", "complete"],
    ["/c", "malformed"],
    ["/d", "complete"],
  ] as const)
    await store.insertRequest(capturedRequest({ target, completeness, body: textBody(`body of ${target}`) }), {
      event: { eventId: `evt_${target.slice(1)}1` },
    });
  return selectRequests({ names, filter: parseFilter(filter), leftOut }, store, SAMPLE_TIME_MS);
}

describe("requests that a command line is about", () => {
  test("are those that it names, each once and the oldest first, which a person has counted", async () => {
    expect(await selected({ names: ["4", "latest", "evt_a1", "1"] })).toEqual({
      ids: [1, 4],
      isUncounted: false,
    });
  });

  test("are all where it names none", async () => {
    expect(await selected({})).toEqual({ ids: [1, 2, 3, 4], isUncounted: true });
  });

  test("are those in a range, and one beside it", async () => {
    expect(await selected({ names: ["2..3", "1"] })).toEqual({ ids: [1, 2, 3], isUncounted: true });
  });

  test("are those that the filter lets through among them", async () => {
    expect(await selected({ names: ["1..3"], filter: "-path:/b" })).toEqual({
      ids: [1, 3],
      isUncounted: true,
    });
    expect(await selected({ names: ["1", "2"], filter: "path:/b" })).toEqual({
      ids: [2],
      isUncounted: true,
    });
    expect(await selected({ filter: '"body of /d"' })).toEqual({ ids: [4], isUncounted: true });
  });

  test("are never those that are left out, unless one is named", async () => {
    const leftOut = ["malformed"] as const;
    expect((await selected({ leftOut })).ids).toEqual([1, 2, 4]);
    expect((await selected({ names: ["2..4"], leftOut })).ids).toEqual([2, 4]);
    expect((await selected({ names: ["3"], leftOut })).ids).toEqual([3]);
  });
});

test.each([
  [{ names: ["9"] }, "REQUEST_NOT_FOUND"],
  [{ names: ["evt_none1"] }, "REQUEST_NOT_FOUND"],
  [{ names: ["7..9"] }, "NOTHING_SELECTED"],
  [{ filter: "path:/none" }, "NOTHING_SELECTED"],
  [{ names: ["9..7"] }, "BAD_VALUE"],
])("%j selects nothing: %s", async (asked: Asked, code) => {
  await expect(selected(asked)).rejects.toMatchObject({ code });
});

test("an empty store has nothing to select", async () => {
  const nothing = selectRequests({ names: [], filter: [], leftOut: [] }, openStore(), SAMPLE_TIME_MS);
  await expect(nothing).rejects.toMatchObject({ code: "REQUEST_NOT_FOUND" });
});
