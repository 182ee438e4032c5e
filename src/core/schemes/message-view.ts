import type { Message } from "../model/request.ts";
import { readJsonHead } from "./json-head.ts";

/** Larger bodies are not parsed: this runs for every request. */
const MOST_PARSED_BYTES = 256 * 1024;
/** What is looked at of larger ones. */
const HEAD_BYTES = 64 * 1024;

/** A message as rules look at it: each header found at once, the body parsed at most once and only when asked for. */
export class MessageView {
  readonly message: Message;
  /** First value by lower-case name. */
  readonly #headers = new Map<string, string>();
  /** Lower-case names that stand there more than once. */
  readonly #repeated: ReadonlySet<string> | undefined;
  #json: { readonly value: unknown } | undefined;
  #form: URLSearchParams | undefined;

  constructor(message: Message) {
    this.message = message;
    const { headers } = message;
    let repeated: Set<string> | undefined;
    for (let at = 0; at + 1 < headers.length; at += 2) {
      const name = (headers[at] ?? "").toLowerCase();
      if (this.#headers.has(name)) repeated = (repeated ?? new Set<string>()).add(name);
      else this.#headers.set(name, headers[at + 1] ?? "");
    }
    this.#repeated = repeated;
  }

  /** The first value of a header. @param name in lower case */
  header(name: string): string | undefined {
    return this.#headers.get(name);
  }

  /** Every value of a header, in their order. @param name in lower case */
  headerAll(name: string): readonly string[] {
    const first = this.#headers.get(name);
    if (first === undefined) return [];
    if (this.#repeated?.has(name) !== true) return [first];
    const { headers } = this.message;
    return headers.filter((_, at) => at % 2 === 1 && headers[at - 1]?.toLowerCase() === name);
  }

  /** Names of all headers in lower case, each once, in their order. */
  get headerNames(): Iterable<string> {
    return this.#headers.keys();
  }

  /**
   * The body as JSON; undefined where it is none or is in a file. Of one larger than 256 KiB only those fields at its top
   * that begin and end in the first 64 KiB.
   */
  get json(): unknown {
    this.#json ??= { value: this.#parse() };
    return this.#json.value;
  }

  /** Whether `json` is not the whole of the body, so that what it holds may stand there once more. */
  get isInPart(): boolean {
    const { body } = this.message;
    return body.kind === "file" || body.bytes.length > MOST_PARSED_BYTES;
  }

  /** The body as a form; empty where it is none. */
  get form(): URLSearchParams {
    this.#form ??= new URLSearchParams(this.#isForm() ? this.text : "");
    return this.#form;
  }

  /** The body as UTF-8; empty where it is in a file or too large to be looked at. */
  get text(): string {
    const { body } = this.message;
    return body.kind === "file" || this.isInPart ? "" : textOf(body.bytes);
  }

  #parse(): unknown {
    const { body } = this.message;
    if (body.kind === "file") return undefined;
    // `{`, `[` or a white space before them: everything else is nothing that names an event.
    const first = body.bytes[0] ?? 0;
    if (first > 0x20 && first !== 0x7b && first !== 0x5b && first !== 0xef) return undefined;
    const text = textOf(this.isInPart ? body.bytes.subarray(0, HEAD_BYTES) : body.bytes).replace(/^\uFEFF/, "");
    if (this.isInPart) return readJsonHead(text);
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  }

  #isForm(): boolean {
    return this.header("content-type")?.toLowerCase().startsWith("application/x-www-form-urlencoded") === true;
  }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString();
}
