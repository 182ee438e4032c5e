import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readBody, type SpoolName, spoolName } from "../../../../../src/core/model/body.ts";
import { fileOf, Spool } from "../../../../../src/io/store/disk/spool.ts";
import { fileNameOf, SAMPLE_FILE, spooledBody, textBody } from "../../../../helpers/samples.ts";
import { temporaryFolder } from "../../../../helpers/surroundings.ts";

const MIB = 1024 * 1024;
const [USED, UNUSED, NEW] = [1, 2, 3].map((count) => spoolName({ startedAtMs: 1, pid: 1 }, count)) as [
  SpoolName,
  SpoolName,
  SpoolName,
];
/** Their names begin with `a.1` and `b.1`. */
const A = { startedAtMs: 10, pid: 1 };
const B = { startedAtMs: 11, pid: 1 };

test("every file of the folder is listed with its size and time; a folder that is not there holds none", async () => {
  const folder = join(temporaryFolder(), "bodies");
  const spool = new Spool(folder, A);
  expect(await spool.files()).toEqual([]);
  mkdirSync(folder);
  writeFileSync(join(folder, "b.1-1.body"), "text");
  utimesSync(join(folder, "b.1-1.body"), 1000, 1000);
  expect(await spool.files()).toEqual([{ name: "b.1-1.body", sizeBytes: 4, changedAtMs: 1_000_000 }]);
});

describe("a body that is written", () => {
  test("is a file for its owner alone, and reads back byte for byte, as often as one likes", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, A).openSink();
    const chunks = ["x", "y", "z"].map((letter) => Buffer.alloc(MIB, letter));
    for (const chunk of chunks) await sink.write(chunk);
    const body = await sink.finish();
    expect(body).toMatchObject({ kind: "file", name: "a.1-1.body", sizeBytes: 3 * MIB });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, fileNameOf(body))).mode & 0o777).toBe(0o600);
    for (let time = 0; time < 2; time += 1) expect((await bytesOf(body)).equals(Buffer.concat(chunks))).toBe(true);
  });

  test("is found by another process under its name", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, A).openSink();
    await sink.write(Buffer.from("text"));
    const name = fileNameOf(await sink.finish());
    expect((await bytesOf(new Spool(folder, B).body(name, 4))).toString()).toBe("text");
  });

  test("shares its name with none, of its own session or another's", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const spools = [new Spool(folder, A), new Spool(folder, B)];
    const opening = Array.from({ length: 10 }, () => spools.map((spool) => spool.openSink()));
    const sinks = await Promise.all(opening.flat());
    expect(readdirSync(folder)).toHaveLength(20);
    for (const sink of sinks) await sink.discard();
  });

  test("is never written over one that is there", async () => {
    const folder = join(temporaryFolder(), "bodies");
    mkdirSync(folder);
    writeFileSync(join(folder, "a.1-1.body"), "old");
    await expect(new Spool(folder, A).openSink()).rejects.toMatchObject({ code: "EEXIST" });
    expect(readFileSync(join(folder, "a.1-1.body"), "utf8")).toBe("old");
  });

  test("and discarded leaves nothing, and discarding never fails", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, A).openSink();
    await sink.write(Buffer.from("text"));
    await sink.discard();
    await sink.discard();
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("a body whose file is gone fails with BODY_FILE_MISSING when it is read", async () => {
  const folder = join(temporaryFolder(), "bodies");
  const sink = await new Spool(folder, A).openSink();
  await sink.write(Buffer.from("text"));
  const body = await sink.finish();
  rmSync(join(folder, fileNameOf(body)));
  await expect(bytesOf(body)).rejects.toMatchObject({ code: "BODY_FILE_MISSING", details: { reason: "ENOENT" } });
});

describe("what is no file of ours", () => {
  test.each(["../secret", "/etc/passwd", "x", "a.1-1.body/../../secret", "\u0000", ""])(
    "is not read, whatever the row says: %j",
    async (stored) => {
      const top = temporaryFolder();
      const folder = join(top, "bodies");
      mkdirSync(folder);
      for (const path of [join(top, "secret"), join(folder, "x")]) writeFileSync(path, "secret");
      const body = new Spool(folder, A).body(stored, 6);
      expect(body).toMatchObject({ name: undefined, sizeBytes: 6 });
      await expect(bytesOf(body)).rejects.toMatchObject({
        code: "BODY_FILE_REFUSED",
        message: expect.stringContaining(JSON.stringify(stored)) as unknown,
      });
    },
  );

  test("is not read where it is a link, a folder or a pipe under a name of ours, and not listed", async () => {
    const folder = join(temporaryFolder(), "bodies");
    mkdirSync(folder);
    writeFileSync(`${folder}-secret`, "secret");
    symlinkSync(`${folder}-secret`, join(folder, USED));
    mkdirSync(join(folder, UNUSED));
    execFileSync("mkfifo", [join(folder, NEW)]);
    const spool = new Spool(folder, A);
    for (const name of [USED, UNUSED, NEW])
      await expect(bytesOf(spool.body(name, 6))).rejects.toMatchObject({ code: "BODY_FILE_REFUSED" });
    expect(await spool.files()).toEqual([]);
    await spool.sweep(Date.now() + 1000, () => false);
    expect(readdirSync(folder).sort()).toEqual([USED, UNUSED, NEW].sort());
  });

  test("is not swept: neither a stranger's file nor what lies in a folder that a link leads to", async () => {
    const top = temporaryFolder();
    const [victim, folder] = [join(top, "victim"), join(top, "bodies")];
    mkdirSync(victim);
    for (const name of [UNUSED, "photo.jpg", `${UNUSED}.bak`]) writeFileSync(join(victim, name), "");
    symlinkSync(victim, folder);
    const linked = new Spool(folder, A);
    await linked.sweep(Date.now() + 1000, () => false);
    await linked.remove(UNUSED);
    await expect(linked.openSink()).rejects.toMatchObject({ code: "FILE_REFUSED" });
    expect(readdirSync(victim)).toHaveLength(3);
    await new Spool(victim, A).sweep(Date.now() + 1000, () => false);
    expect(readdirSync(victim).sort()).toEqual([`${UNUSED}.bak`, "photo.jpg"]);
  });
});

test("only a body that is in a file of a store is stored by its name", () => {
  expect(fileOf(textBody("x"))).toBeNull();
  expect(fileOf(spooledBody("x"))).toBe(SAMPLE_FILE);
  expect(() => fileOf({ ...spooledBody("x"), name: undefined })).toThrow("a body that is in no store");
});

test("a folder that cannot be made fails with the system's error", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  await expect(new Spool(join(file, "bodies"), A).openSink()).rejects.toMatchObject({ code: "ENOTDIR" });
});

describe("the sweep", () => {
  test("removes what nobody uses and nobody has written to for long, and nothing else", async () => {
    const folder = join(temporaryFolder(), "bodies");
    mkdirSync(folder);
    const nowMs = Date.now();
    const files = { [USED]: nowMs - 5000, [UNUSED]: nowMs - 5000, [NEW]: nowMs };
    for (const [name, atMs] of Object.entries(files)) {
      writeFileSync(join(folder, name), "");
      utimesSync(join(folder, name), atMs / 1000, atMs / 1000);
    }
    await new Spool(folder, A).sweep(nowMs - 1000, (name) => name === USED);
    expect(readdirSync(folder).sort()).toEqual([NEW, USED].sort());
  });

  test("leaves a file alone that is still being written, however old its session is", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, { startedAtMs: 0, pid: 1 }).openSink();
    await sink.write(Buffer.from("text"));
    // By the clock of the disk, which need not be this process's.
    const [written] = await new Spool(folder, B).files();
    await new Spool(folder, B).sweep(written?.changedAtMs ?? 0, () => false);
    const name = fileNameOf(await sink.finish());
    expect(existsSync(join(folder, name))).toBe(true);
  });

  test("never throws: neither without a folder nor when the store cannot be asked", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const spool = new Spool(folder, A);
    await expect(spool.sweep(Date.now() + 1000, () => false)).resolves.toBeUndefined();
    mkdirSync(folder);
    writeFileSync(join(folder, UNUSED), "");
    const broken = (): never => {
      throw new Error("the store is damaged");
    };
    await expect(spool.sweep(Date.now() + 1000, broken)).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual([UNUSED]);
  });
});

async function bytesOf(body: Parameters<typeof readBody>[0]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readBody(body)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("a folder that is taken away", () => {
  test("is told once, made anew for the next body, and the bodies that were in it are missing", async () => {
    const folder = join(temporaryFolder(), "bodies");
    let told = 0;
    const spool = new Spool(folder, A, () => (told += 1));
    spool.look();
    const sink = await spool.openSink();
    await sink.write(Buffer.from("text"));
    const body = await sink.finish();
    expect(() => spool.vouchFor(body)).not.toThrow();
    renameSync(folder, `${folder}.moved`);
    spool.look();
    spool.look();
    expect(told).toBe(1);
    expect(() => spool.vouchFor(body)).toThrow(expect.objectContaining({ code: "STORE_MOVED" }));
    const next = await spool.openSink();
    await next.write(Buffer.from("more"));
    spool.vouchFor(await next.finish());
    expect(told).toBe(1);
  });

  test("while a body is written is told to whoever wrote it", async () => {
    const folder = join(temporaryFolder(), "bodies");
    const sink = await new Spool(folder, A).openSink();
    await sink.write(Buffer.from("text"));
    renameSync(folder, `${folder}.moved`);
    await expect(sink.finish()).rejects.toMatchObject({ code: "STORE_MOVED" });
  });
});
