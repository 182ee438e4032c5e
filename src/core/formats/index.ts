import { curl } from "./curl.ts";
import { fetchSnippet } from "./fetch.ts";
import type { ExportFormat, ImportFormat } from "./format.ts";
import { har } from "./har.ts";
import { http } from "./http.ts";
import { httpie } from "./httpie.ts";
import { ndjson } from "./ndjson.ts";
import { parseCurl } from "./parse-curl.ts";
import { parseHar } from "./parse-har.ts";
import { parseHttp } from "./parse-http.ts";
import { parseNdjson } from "./parse-ndjson.ts";

/** Every way to write requests down, in the order of help and docs. */
export const exportFormats: readonly ExportFormat[] = [curl, httpie, fetchSnippet, http, har, ndjson];

/** Every way to read them again. */
export const importFormats: readonly ImportFormat[] = [
  { name: "har", title: "HTTP archive (HAR 1.2), ours or a browser's", parse: parseHar },
  { name: "ndjson", title: "lines of hookcli export", parse: parseNdjson },
  { name: "http", title: "raw HTTP/1.1 messages", parse: parseHttp },
  { name: "curl", title: "curl commands", parse: parseCurl },
];
