import { algorithm } from "./algorithm.ts";
import { bodyAlone } from "./body-alone.ts";
import { bodyBase64 } from "./body-base64.ts";
import { bodyCharset } from "./body-charset.ts";
import { bodyDecompressed } from "./body-decompressed.ts";
import { bodyEmpty } from "./body-empty.ts";
import { bodyQuoted } from "./body-quoted.ts";
import { bomAdded } from "./bom-added.ts";
import { bomRemoved } from "./bom-removed.ts";
import { contentForm } from "./content-form.ts";
import { escapeCase } from "./escape-case.ts";
import { formDecoded } from "./form-decoded.ts";
import { jsonEscapes } from "./json-escapes.ts";
import { jsonJavascript } from "./json-javascript.ts";
import { jsonPython } from "./json-python.ts";
import { jsonSorted } from "./json-sorted.ts";
import { jsonWhiteSpace } from "./json-white-space.ts";
import { lineEndsCrlf } from "./line-ends-crlf.ts";
import { lineEndsLf } from "./line-ends-lf.ts";
import { newlineAdded } from "./newline-added.ts";
import { newlineRemoved } from "./newline-removed.ts";
import { otherHeader } from "./other-header.ts";
import { otherScheme } from "./other-scheme.ts";
import { otherSecret } from "./other-secret.ts";
import { plainHash } from "./plain-hash.ts";
import { secretAsBase64 } from "./secret-as-base64.ts";
import { secretAsHex } from "./secret-as-hex.ts";
import { secretAsText } from "./secret-as-text.ts";
import { secretMissing } from "./secret-missing.ts";
import { secretNewline } from "./secret-newline.ts";
import { secretTrimmed } from "./secret-trimmed.ts";
import { secretUnquoted } from "./secret-unquoted.ts";
import { secretWithPrefix } from "./secret-with-prefix.ts";
import { secretWithoutPrefix } from "./secret-without-prefix.ts";
import { signatureEncoding } from "./signature-encoding.ts";
import { signaturePrefix } from "./signature-prefix.ts";
import { slashes } from "./slashes.ts";
import { timestampOther } from "./timestamp-other.ts";
import { timestampUnit } from "./timestamp-unit.ts";
import { unicodeEscaped } from "./unicode-escaped.ts";
import { unicodeUnescaped } from "./unicode-unescaped.ts";
import { upperCaseHex } from "./upper-case-hex.ts";
import { urlOther } from "./url-other.ts";
import { urlPath } from "./url-path.ts";
import { urlPort } from "./url-port.ts";
import { urlQuery } from "./url-query.ts";
import { urlScheme } from "./url-scheme.ts";
import type { ComputedMutation, ReadingMutation } from "../mutation.ts";

/**
 * Everything that may have been computed otherwise, in the order in which it is tried: the likeliest first, and what changes
 * little before what makes all of it anew and may come to the same.
 */
export const computedMutations: readonly ComputedMutation[] = [
  secretTrimmed,
  newlineAdded,
  newlineRemoved,
  lineEndsLf,
  lineEndsCrlf,
  unicodeEscaped,
  unicodeUnescaped,
  slashes,
  jsonJavascript,
  secretAsText,
  secretAsBase64,
  secretAsHex,
  secretWithoutPrefix,
  secretWithPrefix,
  otherSecret,
  jsonPython,
  jsonWhiteSpace,
  otherScheme,
  bodyAlone,
  contentForm,
  secretMissing,
  secretUnquoted,
  secretNewline,
  timestampUnit,
  urlScheme,
  urlPort,
  urlPath,
  urlQuery,
  urlOther,
  algorithm,
  jsonSorted,
  jsonEscapes,
  bomRemoved,
  bomAdded,
  formDecoded,
  bodyEmpty,
  plainHash,
  timestampOther,
  bodyBase64,
  bodyQuoted,
  bodyDecompressed,
  escapeCase,
  bodyCharset,
];

/** Every way in which the right signature may be written down wrongly. */
export const readingMutations: readonly ReadingMutation[] = [
  upperCaseHex,
  signatureEncoding,
  signaturePrefix,
  otherHeader,
];
