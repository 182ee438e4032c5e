import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBody } from "../../../../../src/core/model/body.ts";
import { recoverStore } from "../../../../../src/io/store/upkeep/recover-store.ts";
import { damagePagesOf } from "../../../../helpers/damage.ts";
import { fillStore, spooled } from "../../../../helpers/filled-store.ts";
import { capturedRequest, fileNameOf } from "../../../../helpers/samples.ts";
import { lookInto, openStore } from "../../../../helpers/stores.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";
import { testWithTool } from "../../../../helpers/tools.ts";

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

describe("of what is no file of a store", () => {
  test("nothing is copied: neither what a row names elsewhere nor what a link leads to", async () => {
    const store = openStore();
    const body = await spooled(store, Buffer.alloc(5000, "b"));
    await store.insertRequest(capturedRequest({ body }));
    await store.insertRequest(capturedRequest());
    const [folder, secret] = [`${store.path}-bodies`, join(dirname(store.path), "secret")];
    writeFileSync(secret, "secret");
    rmSync(join(folder, fileNameOf(body)));
    symlinkSync(secret, join(folder, fileNameOf(body)));
    lookInto(store.path).prepare("UPDATE requests SET body_file = '../secret', body_size = 6 WHERE id = 2").run();
    const to = join(temporaryFolder(), "saved.db");
    expect(await recoverStore(store.path, to)).toMatchObject({ files: 0, missingFiles: 2 });
    expect(readdirSync(`${to}-bodies`)).toEqual([]);
    expect(existsSync(join(dirname(to), "secret"))).toBe(false);
  });

  testWithTool(
    "mkfifo",
    "a pipe is not waited for, and a link not followed, in the place of the store or its log",
    async () => {
      const folder = temporaryFolder();
      const { path } = openStore();
      for (const part of ["", "-wal"]) {
        const planted = join(folder, `store${part}.db`);
        if (part !== "") copyFileSync(path, planted);
        execFileSync("mkfifo", [`${planted}${part}`]);
        await expect(recoverStore(planted, join(folder, "a.db"))).rejects.toMatchObject({ code: "FILE_REFUSED" });
        rmSync(`${planted}${part}`);
        symlinkSync(path, `${planted}${part}`);
        await expect(recoverStore(planted, join(folder, "a.db"))).rejects.toMatchObject({ code: "FILE_REFUSED" });
      }
      symlinkSync("nowhere", join(folder, "loose.db"));
      await expect(recoverStore(path, join(folder, "loose.db"))).rejects.toMatchObject({ code: "FILE_EXISTS" });
      expect(existsSync(join(folder, "nowhere"))).toBe(false);
    },
  );
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
