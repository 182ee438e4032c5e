import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBody } from "../../../../src/core/model/body.ts";
import { Spool } from "../../../../src/io/store/spool.ts";
import { temporaryFolder } from "../../../helpers/surroundings.ts";

const MIB = 1024 * 1024;

test("every file of the folder is listed with its size and time; a folder that is not there holds none", async () => {
  const folder = join(temporaryFolder(), "bodies");
  const spool = new Spool(folder, "a");
  expect(await spool.files()).toEqual([]);
  mkdirSync(folder);
  writeFileSync(join(folder, "b-1.body"), "text");
  utimesSync(join(folder, "b-1.body"), 1000, 1000);
  expect(await spool.files()).toEqual([{ name: "b-1.body", sizeBytes: 4, changedAtMs: 1_000_000 }]);
});

describe("a body that is written", () => {
  test("is a file for its owner alone, and reads back byte for byte, as often as one likes", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, "a").openSink();
    const chunks = ["x", "y", "z"].map((letter) => Buffer.alloc(MIB, letter));
    for (const chunk of chunks) await sink.write(chunk);
    const body = await sink.finish();
    expect(body).toMatchObject({ kind: "file", name: "a-1.body", sizeBytes: 3 * MIB });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, body.name)).mode & 0o777).toBe(0o600);
    for (let time = 0; time < 2; time += 1) expect((await bytesOf(body)).equals(Buffer.concat(chunks))).toBe(true);
  });

  test("is found by another process under its name", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, "a").openSink();
    await sink.write(Buffer.from("text"));
    const { name } = await sink.finish();
    expect((await bytesOf(new Spool(folder, "b").body(name, 4))).toString()).toBe("text");
  });

  test("shares its name with none, of its own session or another's", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const spools = [new Spool(folder, "a"), new Spool(folder, "b")];
    const opening = Array.from({ length: 10 }, () => spools.map((spool) => spool.openSink()));
    const sinks = await Promise.all(opening.flat());
    expect(readdirSync(folder)).toHaveLength(20);
    for (const sink of sinks) await sink.discard();
  });

  test("is never written over one that is there", async () => {
    const folder = join(temporaryFolder(), "bodies");
    mkdirSync(folder);
    writeFileSync(join(folder, "a-1.body"), "old");
    await expect(new Spool(folder, "a").openSink()).rejects.toMatchObject({ code: "EEXIST" });
    expect(readFileSync(join(folder, "a-1.body"), "utf8")).toBe("old");
  });

  test("and discarded leaves nothing, and discarding never fails", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, "a").openSink();
    await sink.write(Buffer.from("text"));
    await sink.discard();
    await sink.discard();
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("a body whose file is gone fails with BODY_FILE_MISSING when it is read", async () => {
  const folder = join(temporaryFolder(), "bodies");
  const sink = await new Spool(folder, "a").openSink();
  await sink.write(Buffer.from("text"));
  const body = await sink.finish();
  rmSync(join(folder, body.name));
  await expect(bytesOf(body)).rejects.toMatchObject({ code: "BODY_FILE_MISSING", details: { reason: "ENOENT" } });
});

test("a folder that cannot be made fails with the system's error", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  await expect(new Spool(join(file, "bodies"), "a").openSink()).rejects.toMatchObject({ code: "ENOTDIR" });
});

describe("the sweep", () => {
  test("removes what nobody uses and nobody has written to for long, and nothing else", async () => {
    const folder = join(temporaryFolder(), "bodies");
    mkdirSync(folder);
    const nowMs = Date.now();
    const files = { "old-used": nowMs - 5000, "old-unused": nowMs - 5000, "new-unused": nowMs };
    for (const [name, atMs] of Object.entries(files)) {
      writeFileSync(join(folder, name), "");
      utimesSync(join(folder, name), atMs / 1000, atMs / 1000);
    }
    await new Spool(folder, "a").sweep(nowMs - 1000, (name) => name === "old-used");
    expect(readdirSync(folder).sort()).toEqual(["new-unused", "old-used"]);
  });

  test("leaves a file alone that is still being written, however old its session is", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, "0.1").openSink();
    await sink.write(Buffer.from("text"));
    // By the clock of the disk, which need not be this process's.
    const [written] = await new Spool(folder, "b").files();
    await new Spool(folder, "b").sweep(written?.changedAtMs ?? 0, () => false);
    const { name } = await sink.finish();
    expect(existsSync(join(folder, name))).toBe(true);
  });

  test("never throws: neither without a folder nor when the store cannot be asked", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const spool = new Spool(folder, "a");
    await expect(spool.sweep(Date.now() + 1000, () => false)).resolves.toBeUndefined();
    mkdirSync(folder);
    writeFileSync(join(folder, "x"), "");
    const broken = (): never => {
      throw new Error("the store is damaged");
    };
    await expect(spool.sweep(Date.now() + 1000, broken)).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual(["x"]);
  });
});

async function bytesOf(body: Parameters<typeof readBody>[0]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(body)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
