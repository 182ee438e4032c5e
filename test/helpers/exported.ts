import { execFile } from "node:child_process";
import fc from "fast-check";
import type { ExportedRequest, ExportFormat, ImportedRequest } from "../../src/core/formats/format.ts";
import { headerFields } from "../../src/core/model/headers.ts";
import { hostileText, nastyStrings } from "./hostile-text.ts";
import { sampleRequest } from "./samples.ts";
import { temporaryFolder } from "./surroundings.ts";

/** A request as it is handed to a format; a test changes what it is about. */
export function exportedRequest(changes: Partial<ExportedRequest> = {}): ExportedRequest {
  const { body, ...rest } = sampleRequest();
  const bytes = body.kind === "bytes" ? body.bytes : new Uint8Array(0);
  const url = `http://localhost:8000${changes.target ?? rest.target}`;
  return { ...rest, body: bytes, url, ...changes };
}

/** A document of these requests. */
export function written(format: ExportFormat, ...requests: readonly ExportedRequest[]): Buffer {
  const pieces = requests.map((request, index) => format.one(request, index === 0));
  return Buffer.concat([format.begin("1.2.3"), ...pieces, format.end()].map((piece) => Buffer.from(piece)));
}

const bytesAsText = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const wire = (low: number, high: number) =>
  fc.integer({ min: low, max: high }).map((code) => String.fromCharCode(code));

const method = fc.constantFrom("POST", "POST", "GET", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND");
const target = fc
  .array(
    fc.oneof(wire(0x21, 0x7e), wire(0x21, 0x7e), wire(0x80, 0xff), fc.constantFrom("/..", "/.", "%2e", "'", "?", "#")),
  )
  .map((parts) => `/${parts.join("")}`);
const name = fc.oneof(
  fc.constantFrom("Content-Type", "Accept", "User-Agent", "X-Signature", "x-signature", "Cookie", "--help", "-H", "~"),
  fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,12}$/).filter((text) => !isOwn(text)),
);
const value = fc
  .oneof(
    fc.constantFrom(...nastyStrings).map((text) => Buffer.from(text).toString("latin1")),
    fc.uint8Array({ maxLength: 30 }).map(bytesAsText),
    fc.constantFrom("", "$(id)", "`id`", '"; id; "', "\\", "a\\", "%n", "-x", "@/etc/passwd", "=x", "!!"),
  )
  // oxlint-disable-next-line no-control-regex -- no header value can hold these
  .map((text) => text.replaceAll(/[\0-\u0008\u000a-\u001f\u007f]/g, "").replaceAll(/^[ \t]+|[ \t]+$/g, ""));
/** Bytes of any kind, and text of the hostile kind. */
export const anyBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  hostileText.map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .constantFrom("@/etc/passwd", "-", "--data", "'", "\\", "%s%n", "a\n\n", "\ufeffa", "é€😀", "$(id)`id`!!")
    .map((text) => new Uint8Array(Buffer.from(text))),
);

/** Any request that HTTP can carry, as capture would have stored it. */
export const anyExported: fc.Arbitrary<ExportedRequest> = fc
  .record({ method, target, fields: fc.array(fc.tuple(name, value), { maxLength: 6 }), body: anyBody })
  .map(({ method, target, fields, body }) =>
    exportedRequest({
      method,
      target,
      headers: [
        "Host",
        "localhost:8000",
        ...fields.flat(),
        ...(body.length > 0 ? ["Content-Length", String(body.length)] : []),
      ],
      body,
    }),
  );

/** The headers but for those that a client makes itself. */
export function foreignHeaders(headers: readonly string[]): readonly (readonly [string, string])[] {
  return [...headerFields(headers)].filter(([field]) => !isOwn(field));
}

function isOwn(field: string): boolean {
  return /^(?:host|content-length|connection|expect|keep-alive|proxy-auth.*|proxy-connection|te|trailer|transfer-encoding|upgrade)$/i.test(
    field,
  );
}

/** What must be equal of a request before and after it was written down. */
export function essence({ method, target, headers, body }: ExportedRequest | ImportedRequest): object {
  return { method, target, headers: foreignHeaders(headers), body: Buffer.from(body).toString("hex") };
}

/** Runs a script in the machine's `sh`, or another shell, with nothing of the user's settings; what it prints. */
export function inShell(
  script: string | Uint8Array,
  env: Readonly<Record<string, string>> = {},
  shell = "sh",
): Promise<Buffer> {
  const path = process.env["PATH"] ?? "";
  return new Promise((resolve, reject) => {
    const options = {
      env: { PATH: path, HOME: temporaryFolder(), ...env },
      encoding: "buffer",
      maxBuffer: 1e9,
    } as const;
    const child = execFile(shell, ["-s"], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr.toString()}`, { cause: error }));
      else resolve(stdout);
    });
    child.stdin?.end(script);
  });
}
