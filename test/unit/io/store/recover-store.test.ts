import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBody } from "../../../../src/core/model/body.ts";
import { recoverStore } from "../../../../src/io/store/recover-store.ts";
import { damagePagesOf } from "../../../helpers/damage.ts";
import { fillStore, spooled } from "../../../helpers/filled-store.ts";
import { capturedRequest, fileNameOf } from "../../../helpers/samples.ts";
import { openStore } from "../../../helpers/stores.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

describe("a damaged store", () => {
  test("is saved as far as it can be read, and not a byte of it changes", async () => {
    const { path } = await damagedStore();
    const before = digestsIn(path);
    const to = join(temporaryFolder(), "saved", "hooks.db");
    const recovered = await recoverStore(path, to);
    expect(digestsIn(path)).toEqual(before);
    expect(readdirSync(dirname(to)).filter((name) => name.startsWith("."))).toEqual([]);

    const saved = openStore({ path: to });
    const requests = recovered.tables.find(({ table }) => table === "requests");
    expect(saved.read.countRequests()).toBe(requests?.rows);
    expect(saved.read.findDamage()).toBeUndefined();
    expect(recovered).toMatchObject({ files: 1, missingFiles: 1 });
    const large = saved.read.findRequest({ kind: "id", id: 301 });
    let size = 0;
    if (large) for await (const chunk of readBody(large.body)) size += chunk.length;
    expect(size).toBe(5000);
  });

  test("that has lost bodies says so at each request: it is partial, not empty", async () => {
    const { path } = await damagedStore();
    damagePagesOf(path, "request_bodies", 2);
    const to = join(temporaryFolder(), "saved.db");
    const { withoutBody } = await recoverStore(path, to);
    expect(withoutBody).toBeGreaterThan(0);
    const saved = openStore({ path: to });
    const partial = saved.read
      .listRequests({ limit: 500, includeMalformed: true })
      .filter(({ request }) => request.completeness === "partial");
    expect(partial).toHaveLength(withoutBody);
    expect(partial.every(({ bodySizeBytes }) => bodySizeBytes === 0)).toBe(true);
  });

  test("whose newest writes are in the log only is saved with them", async () => {
    const store = openStore();
    await fillStore(store, 20);
    const to = join(temporaryFolder(), "saved.db");
    await recoverStore(store.path, to);
    expect(openStore({ path: to }).read.countRequests()).toBe(20);
  });
});

describe("refused", () => {
  test("a new store that is there already", async () => {
    const store = openStore();
    await expect(recoverStore(store.path, store.path)).rejects.toMatchObject({ code: "FILE_EXISTS" });
  });

  test("a damaged store that is not there, or is none", async () => {
    const folder = temporaryFolder();
    const to = join(folder, "saved.db");
    await expect(recoverStore(join(folder, "x.db"), to)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
    const other = join(folder, "other.db");
    writeFileSync(other, "no database".repeat(1000));
    const refused = recoverStore(other, to);
    await expect(refused).rejects.toMatchObject({ code: "STORE_NOT_OURS", details: { path: other } });
    expect(existsSync(to)).toBe(false);
  });
});

/** 300 requests, some of them unreadable, and two with large bodies, one of which is gone. */
async function damagedStore(): Promise<{ readonly path: string }> {
  const store = openStore();
  await fillStore(store, 300);
  for (let count = 0; count < 2; count += 1) {
    const body = await spooled(store, Buffer.alloc(5000));
    await store.insertRequest(capturedRequest({ body }));
    if (count === 1) rmSync(join(`${store.path}-bodies`, fileNameOf(body)));
  }
  const { path } = store;
  await store.upkeep.checkpoint(true);
  damagePagesOf(path, "requests", 2);
  return { path };
}

function digestsIn(path: string): readonly string[] {
  return readdirSync(dirname(path))
    .filter((name) => !name.endsWith("-shm") && !name.endsWith("-bodies"))
    .map(
      (name) =>
        `${name} ${createHash("sha256")
          .update(readFileSync(join(dirname(path), name)))
          .digest("hex")}`,
    );
}
