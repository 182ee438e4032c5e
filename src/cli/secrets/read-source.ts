import { spawn } from "node:child_process";
import { createReadStream, type ReadStream, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { readAtMost } from "../terminal/read-file.ts";
import type { Surroundings } from "../terminal/surroundings.ts";
import { type SecretSource, secretSourceText, secretUnavailable } from "../config/secret-source.ts";

/** No secret is as large; a file that is was meant for something else. */
const MOST_BYTES = 64 * 1024;
/** A secret manager that asks for a fingerprint takes a while. */
const PROGRAM_TIMEOUT_MS = 10_000;

/**
 * The secret that a source gives, without the line end behind it.
 * @param name what the person calls it: `secrets.stripe in hookcli.config.jsonc`
 * @throws SECRET_UNAVAILABLE which names the source and never what it gave
 */
export async function readSecretSource(source: SecretSource, name: string, at: Surroundings): Promise<string> {
  const text = await textOf(source, name, at);
  const secret = withoutLineEnd(text);
  if (secret.trim() !== "") return secret;
  throw secretUnavailable(name, `${secretSourceText(source)} is empty`, "Put the secret there, or name another source");
}

async function textOf(source: SecretSource, name: string, at: Surroundings): Promise<string> {
  switch (source.kind) {
    case "literal":
      return source.text;
    case "environment":
      return fromEnvironment(source.variable, name, at.env);
    case "file":
      return fromFile(source, name, at);
    case "program":
      return fromProgram(source, name, at);
    default:
      return source satisfies never;
  }
}

function fromEnvironment(variable: string, name: string, env: Surroundings["env"]): string {
  const value = env[variable];
  if (value) return value;
  throw secretUnavailable(name, `the variable ${variable} is not set`, `Set it: export ${variable}=…`);
}

type File = Extract<SecretSource, { kind: "file" }>;

async function fromFile(file: File, name: string, at: Surroundings): Promise<string> {
  const { path } = file;
  const whole = pathOf(file, at.env);
  const found = await beginningOf(whole, at).catch((error: unknown) => {
    const { code = "unreadable" } = error as NodeJS.ErrnoException;
    if (code === "EISDIR") throw secretUnavailable(name, `file:${path} is no file`, WANTED);
    throw secretUnavailable(name, `cannot read ${whole} (${code})`, "Check the name of the file and its permissions");
  });
  if (found === undefined) throw secretUnavailable(name, `${whole} is a pipe into which nobody writes`, WANTED);
  if (found.length > MOST_BYTES) throw secretUnavailable(name, `${whole} is larger than 64 KiB`, WANTED);
  return textIn(found);
}

/**
 * The secret in a file, to know what must not be shown; undefined where there is none. Of a pipe or a device nothing is
 * read: somebody else may be waiting for what is in it.
 */
export function peekSecretFile(file: File, env: Surroundings["env"]): string | undefined {
  const whole = pathOf(file, env);
  if (!isPlainFile(whole)) return undefined;
  const found = readAtMost(whole, MOST_BYTES);
  return Buffer.isBuffer(found) ? withoutLineEnd(textIn(found)) : undefined;
}

/** What cannot be looked at is told by whoever needs it. */
function isPlainFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function pathOf({ path, folder }: File, env: Surroundings["env"]): string {
  const home = env["HOME"] || env["USERPROFILE"] || homedir();
  return path.startsWith("~/") ? join(home, path.slice(2)) : resolve(folder, path);
}

function textIn(file: Buffer): string {
  return file.toString("utf8").replace(/^\uFEFF/, "");
}

function withoutLineEnd(text: string): string {
  return text.replace(/(?:\r?\n)+$/, "");
}

/**
 * No more of a file than tells that it is too large: a project's file may name one that never ends.
 * @returns undefined where it is a pipe that gives nothing in time
 */
async function beginningOf(path: string, at: Surroundings): Promise<Buffer | undefined> {
  const over = new AbortController();
  const stream = createReadStream(path, { end: MOST_BYTES, signal: over.signal });
  const waiting = at.clock.wait(PROGRAM_TIMEOUT_MS, over.signal).then(() => undefined);
  try {
    return await Promise.race([allOf(stream), waiting]);
  } finally {
    over.abort();
  }
}

async function allOf(stream: ReadStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const WANTED = "Name the file that holds the secret and nothing else";

type Program = Extract<SecretSource, { kind: "program" }>;

/** What a program wrote on its error output is not repeated: nobody knows what it is. */
async function fromProgram(source: Program, name: string, at: Surroundings): Promise<string> {
  const outcome = await run(source, at);
  if (typeof outcome !== "string") return outcome.toString("utf8");
  const [program = ""] = source.words;
  throw secretUnavailable(name, `${program} ${outcome}`, `Try it in a shell; it has 10 s and no standard input`);
}

/** @returns what it printed, or what went wrong as the end of a sentence */
function run({ words, folder }: Program, at: Surroundings): Promise<Buffer | string> {
  const [program = "", ...args] = words;
  return new Promise((resolve) => {
    const env: NodeJS.ProcessEnv = { ...at.env };
    const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const over = new AbortController();
    const end = (outcome: Buffer | string): void => {
      over.abort();
      child.stdout.destroy();
      child.kill("SIGKILL");
      resolve(outcome);
    };
    void at.clock.wait(PROGRAM_TIMEOUT_MS, over.signal).then(() => {
      if (!over.signal.aborted) end("did not end within 10 s");
    });
    child.stdout.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) end("printed more than 64 KiB");
    });
    child.once("error", (error: NodeJS.ErrnoException) => end(`cannot be run (${error.code ?? "no reason given"})`));
    child.once("close", (code, signal) =>
      end(code === 0 ? Buffer.concat(chunks) : `ended with ${signal ?? `exit code ${code}`}`),
    );
  });
}
