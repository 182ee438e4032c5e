import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CREDENTIAL_KINDS,
  SECRET_FIELD_ENDS,
  SECRET_FIELD_WORDS,
  SECRET_HEADER_PARTS,
  SECRET_HEADER_WORDS,
  SECRET_HEADERS,
} from "../../../../src/core/model/credential-kinds.ts";
import { fieldValues, isSecretHeader, MASK, maskText } from "../../../../src/core/model/redact.ts";
import { expectLinear } from "../../../helpers/effort.ts";
import { hostileText, nastyStrings } from "../../../helpers/hostile-text.ts";

const MEGABYTE = 1_000_000;

/** Each entry of the lists in `credential-kinds.ts`: names that are covered because of it, and a name like it that is not. */
const headerRows: Readonly<Record<string, readonly [covered: readonly string[], stays: string]>> = {
  cookie: [["Cookie", "COOKIE"], "Cookie-Policy"],
  "set-cookie": [["Set-Cookie"], "Set-Cookie-Count"],
  "x-auth": [["X-Auth"], "X-Auth-Method"],
  "x-session": [["X-Session"], "X-Session-Count"],
  "x-session-id": [["X-Session-Id"], "X-Session-Ids"],
  authorization: [["Authorization", "proxy-authorization", "X-Original-Authorization"], "X-Authorizations"],
  token: [["X-Gitlab-Token", "X-Amz-Security-Token", "X-CSRF-Token", "x_auth_token", "token"], "X-Tokenizer"],
  secret: [["Client-Secret", "X-Telegram-Bot-Api-Secret-Token", "secret"], "X-Secretary"],
  password: [["X-Password", "password"], "X-Passwords"],
  passwd: [["X-Passwd"], "X-Passwds"],
  passphrase: [["OK-ACCESS-PASSPHRASE"], "X-Passphrases"],
  "credentials?": [["X-Amz-Credential", "X-Credentials"], "X-Credentialed"],
  "access[-_]?key": [["X-Access-Key", "Access_Key_Id", "X-AccessKey"], "X-Access-Keyboard"],
  "private[-_]?key": [["X-Private-Key"], "X-Private-Keys"],
  jwt: [["X-Jwt-Assertion", "jwt"], "X-Jwts"],
  otp: [["X-GitHub-OTP"], "X-Otpion"],
  "api[-_]?key": [["X-Api-Key", "apikey", "X-MyApiKey", "Api_Key"], "X-Api-Version"],
};

const endRows: Readonly<Record<string, readonly [covered: readonly string[], stays: string]>> = {
  token: [["token", "access_token", "id_token", "refreshToken", "x-csrf-token"], "tokens"],
  secret: [["secret", "client_secret", "webhookSecret"], "secretary"],
  password: [["password", "Password", "db_password", "user.password"], "password_changed"],
  passwd: [["passwd"], "passwds"],
  pwd: [["pwd", "user_pwd"], "pwdx"],
  passphrase: [["passphrase"], "passphrases"],
  passcode: [["passcode"], "passcodes"],
  "api[_-]?key": [["api_key", "apikey", "apiKey", "x-api-key"], "api_keys"],
  "private[_-]?key": [["private_key", "privateKey"], "private_keys"],
  "secret[_-]?key": [["secret_key", "secretKey"], "secret_keys"],
  "secret[_-]?access[_-]?key": [["aws_secret_access_key", "SecretAccessKey"], "secret_access"],
  "access[_-]?key": [["access_key", "accessKey"], "AccessKeyId"],
  "signing[_-]?key": [["signing_key"], "signing"],
  "encryption[_-]?key": [["encryptionKey"], "encryption"],
  "auth[_-]?key": [["auth_key"], "author"],
  "credentials?": [["credential", "credentials"], "credentialed"],
  authorization: [["authorization", "Authorization"], "authorizations"],
  cookie: [["cookie", "Set-Cookie"], "cookies_enabled"],
  "session[_-]?id": [["session_id", "sessionId"], "session_ids"],
  "session[_-]?key": [["session_key"], "session_kind"],
  jwt: [["jwt"], "jwts"],
  bearer: [["bearer"], "bearers"],
  otp: [["otp"], "otps"],
  cvc: [["cvc", "card_cvc"], "cvcheck"],
  "cvv2?": [["cvv", "cvv2"], "cvv3"],
};

const wordRows: Readonly<Record<string, readonly [covered: readonly string[], stays: string]>> = {
  pass: [["pass", "smtp_pass"], "compass"],
  auth: [["auth", "basic_auth"], "oauth"],
};

const lower = "0123456789abcdef".repeat(4);
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const mixed = "aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW2xY4z";
/** Of each kind: texts that are covered whole, and one like it that is no credential. */
const kindRows: Readonly<Record<string, readonly [covered: readonly string[], stays: string]>> = {
  "Stripe key": [
    [`sk_${"live"}_0123456789abcdef`, `rk_${"test"}_0123456789`, `pk_${"live"}_0123456789`],
    "task_live_0123456789abcdef",
  ],
  "Standard Webhooks secret": [["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "whsk_C2FVsBQIhrscChlQ"], "whsec_short"],
  "GitHub token": [["ghp", "gho", "ghu", "ghs", "ghr"].map((kind) => `${kind}_${"a1B2".repeat(9)}`), "ghp_short"],
  "GitHub fine-grained token": [[`github_pat_${mixed}`], "github_pat_short"],
  "GitLab token": [
    ["pat", "dt", "rt", "cbt", "ptt", "ft", "soat", "agent", "oas"].map((kind) => `gl${kind}-${mixed.slice(0, 20)}`),
    "glance-aB3dE5fG7hI9jK1lM2nO",
  ],
  "Slack token": [
    ["a", "b", "e", "o", "p", "r", "s"]
      .map((kind) => `xox${kind}-1234567890-abcdef`)
      .concat("xoxe.xoxp-1-1234567890ab"),
    "xoxo-1234",
  ],
  "Slack app token": [["xapp-1-A0123456789-abcdef"], "xapp-1"],
  "Slack webhook address": [["T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"], "hooks.slack.com/help"],
  "Discord webhook address": [[`${mixed}${mixed}`], "discord.com/api/webhooks/123456789"],
  "AWS key id": [
    ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "ABIAIOSFODNN7EXAMPLE", "ACCAIOSFODNN7EXAMPLE"],
    "AKIAIOSFODNN7",
  ],
  "Google API key": [[`AIza${mixed.slice(0, 35)}`], "AIzaShort"],
  "Google OAuth token": [[`ya29.${mixed}`], "ya29.short"],
  "Google client secret": [[`GOCSPX-${mixed}`], "GOCSPX-short"],
  JWT: [["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"], "eyJhbGciOiJIUzI1NiJ9"],
  "private key": [
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nMIIE"],
    "-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----",
  ],
  "npm token": [[`npm_${mixed.slice(0, 36)}`], "npm_lifecycle_event"],
  "PyPI token": [[`pypi-AgEIcHlwaS5vcmc${mixed}`], "pypi-server"],
  "Docker token": [[`dckr_pat_${mixed}`, `dckr_oat_${mixed}`], "dckr_pat_short"],
  "SendGrid key": [[`SG.${mixed.slice(0, 22)}.${mixed}`], "SG.com.example"],
  "Twilio key id": [[`SK${lower.slice(0, 32)}`], `AC${lower.slice(0, 32)}`],
  "Shopify token": [["at", "ss", "ca", "pa", "tka"].map((kind) => `shp${kind}_${lower.slice(0, 32)}`), "shpat_short"],
  "OpenAI or Anthropic key": [
    [`sk-${mixed}`, `sk-proj-${mixed}`, `sk-ant-api03-${mixed}`],
    "risk-assessment-of-the-year-2026-and-more",
  ],
  "Hugging Face token": [[`hf_${mixed.slice(0, 34)}`], "hf_model_name"],
  "Groq key": [[`gsk_${mixed}`], "gsk_short"],
  "xAI key": [[`xai-${mixed}`], "xai-short"],
  "Square token": [["atp", "csp", "idp"].map((kind) => `sq0${kind}-${mixed.slice(0, 22)}`), "sq0atp-short"],
  "Mailgun key": [[`key-${lower.slice(0, 32)}`], "key-0123456789"],
  "Mailchimp key": [[`${lower.slice(0, 32)}-us12`], `${lower.slice(0, 32)}-eu`],
  "Linear key": [["api", "wh", "oauth"].map((kind) => `lin_${kind}_${mixed}`), "lin_api_short"],
  "Notion token": [[`ntn_${mixed}${mixed.slice(0, 9)}`, `secret_${mixed}${mixed.slice(0, 9)}`], "secret_santa"],
  "Supabase token": [[`sbp_${lower.slice(0, 40)}`, `sb_secret_${mixed}`], "sbp_short"],
  "DigitalOcean token": [["o", "p", "r"].map((kind) => `do${kind}_v1_${lower}`), "dop_v1_short"],
  "Figma token": [["d", "o", "ur"].map((kind) => `fig${kind}_${mixed}`), "figd_short"],
  "Vault token": [["s", "b", "r"].map((kind) => `hv${kind}.${mixed}`), "hvs.short"],
  "Grafana token": [[`glsa_${mixed}`, `glc_${mixed}`], "glsa_short"],
  "Sentry token": [[`sntrys_${mixed}`, `sntryu_${lower}`], "sntrys_short"],
  "Atlassian token": [[`ATATT3${mixed}`], "ATATT3short"],
  "Postman key": [[`PMAK-${lower.slice(0, 24)}-${lower.slice(0, 34)}`], "PMAK-short"],
  "Telegram bot token": [[`110201543:${mixed.slice(0, 35)}`], "110201543:short"],
  "age key": [[`AGE-SECRET-KEY-1${upper}`], "AGE-SECRET-KEY-1"],
  "bearer or basic credentials": [["dXNlcjpwYXNz=", "canary-value-0001"], "basic authentication required"],
  "password in an address": [["pa55word", "p"], "http://localhost:8000/a@b"],
};
/** What makes these one, and stays. */
const before: Readonly<Record<string, string>> = {
  "Slack webhook address": "https://hooks.slack.com/services/",
  "Discord webhook address": "https://discord.com/api/webhooks/123456789/",
  "bearer or basic credentials": "says Bearer ",
  "password in an address": "postgres://user:",
};
const behind: Readonly<Record<string, string>> = { "password in an address": "@db:5432/x" };

describe("each name and each form in the lists has a row here, and each row is in the lists:", () => {
  test.each([
    ["headers", headerRows, [...SECRET_HEADERS, ...SECRET_HEADER_WORDS, ...SECRET_HEADER_PARTS]],
    ["ends of fields", endRows, SECRET_FIELD_ENDS],
    ["words of fields", wordRows, SECRET_FIELD_WORDS],
    ["forms", kindRows, CREDENTIAL_KINDS.map(({ name }) => name)],
  ])("%s", (_, rows, list) => {
    expect(Object.keys(rows).toSorted()).toEqual([...list].toSorted());
  });
});

test.each(Object.entries(headerRows))("a header is masked by what it is called: %s", (_, [covered, stays]) => {
  expect(covered.filter((name) => !isSecretHeader(name))).toEqual([]);
  expect(isSecretHeader(stays)).toBe(false);
});

test.each([
  "X-Hub-Signature-256",
  "Stripe-Signature",
  "Content-Type",
  "X-GitHub-Event",
  "Idempotency-Key",
  "Webhook-Id",
])("the header %s stays", (name) => expect(isSecretHeader(name)).toBe(false));

describe.each(Object.entries({ ...endRows, ...wordRows }))(
  "a field is masked whose name ends in %s:",
  (_, [covered, stays]) => {
    test.each(covered)("%s, in JSON, a query, a form, Python, YAML and JSON within JSON", (name) => {
      expect(maskText(`{"a":1,"${name}" : "x\\"y","n":2}`)).toBe(`{"a":1,"${name}" : "${MASK}","n":2}`);
      expect(maskText(`{"${name}":-12.5e3,"n":2}`)).toBe(`{"${name}":"${MASK}","n":2}`);
      expect(maskText(`{'${name}': 'x"y', 'n': 2}`)).toBe(`{'${name}': '${MASK}', 'n': 2}`);
      expect(maskText(`/a?b=1&${name}=x%20y&n=2#z`)).toBe(`/a?b=1&${name}=${MASK}&n=2#z`);
      expect(maskText(`a[${name}]=xy&b%5B${name}%5D=xy&c=1`)).toBe(`a[${name}]=${MASK}&b%5B${name}%5D=${MASK}&c=1`);
      expect(maskText(`a: 1\n  ${name}: x y\nb: 2`)).toBe(`a: 1\n  ${name}: ${MASK}\nb: 2`);
      const nested = JSON.stringify({ m: JSON.stringify({ [name]: 'x"\\"y', n: 2 }) });
      expect(maskText(nested)).toBe(JSON.stringify({ m: JSON.stringify({ [name]: MASK, n: 2 }) }));
      expect([...fieldValues(`{"${name}":"x\\"y"}&${name}=a%20b`)]).toEqual(['x\\"y', 'x"y', "a%20b", "a b"]);
    });

    test(`and not ${stays}`, () => {
      for (const text of [`{"${stays}":"x"}`, `/?${stays}=x`, `${stays}: x`, `{'${stays}': 1}`])
        expect(maskText(text)).toBe(text);
    });
  },
);

test.each(Object.entries(kindRows))("a text loses each %s, and not what is like it", (kind, [covered, stays]) => {
  for (const text of covered) {
    const [front, rear] = [before[kind] ?? "a ", behind[kind] ?? ""];
    expect(maskText(`${front}${text}${rear}`)).toBe(`${front}${MASK}${rear}`);
    if (!text.includes("\n"))
      expect(maskText(JSON.stringify([front + text + rear]))).toBe(`["${front}${MASK}${rear}"]`);
  }
  expect(maskText(stays)).toBe(stays);
  expect(maskText(JSON.stringify({ a: stays }))).toBe(JSON.stringify({ a: stays }));
});

describe("card numbers are masked:", () => {
  test.each([
    "4242424242424242",
    "4242 4242 4242 4242",
    "4000-0566-5566-5556",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "6011111111111117",
    "3056930009020004",
    "3566002020360505",
    "6205500000000000004",
  ])("%s", (number) => {
    expect(maskText(`card ${number} ok`)).toBe(`card ${MASK} ok`);
    expect(maskText(`{"a": [${number}, 1], "b":${number}}`)).toBe(
      number.includes(" ") ? `{"a": ["${MASK}", 1], "b":"${MASK}"}` : `{"a": ["${MASK}", 1], "b":"${MASK}"}`,
    );
  });

  test("not numbers that are none: no check digit, no issuer, a time, a telephone number, part of an id", () => {
    for (const text of [
      "4242 4242 4242 4243",
      "9242424242424246",
      "evt4242424242424242x",
      "+49 170 1234567",
      "00491701234567",
      ...Array.from({ length: 100 }, (_, at) => String(1_772_600_767_000 + at)),
      ...Array.from({ length: 100 }, (_, at) => String(1_772_600_767_000_000 + at)),
    ])
      expect(maskText(text)).toBe(text);
  });
});

describe("text keeps", () => {
  test.each([
    ["a signature", "t=1492774577,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd"],
    ["ids", '{"id":"evt_1NG8Du2eZvKYlo2CUI79vXWy","invoice":"in_1NG8Du2eZvKYlo2CUI79vXWy","sub":"sub_123"}'],
    ["a uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff"],
    ["a sentence about a token", "invalid token: expected 3 segments"],
    ["what is true or false", '{"password":true,"token":null,"secret":{"a":1}}'],
  ])("%s", (_, text) => {
    expect(maskText(text)).toBe(text);
  });
});

test("a field whose end was cut off is masked to the end", () => {
  expect(maskText('{"token":"abc')).toBe(`{"token":"${MASK}"`);
  expect(maskText(String.raw`{"m":"{\"token\":\"abc`)).toBe(String.raw`{"m":"{\"token\":\"${MASK}\"`);
});

test("masking never throws, and what is masked once stays as it is", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(hostileText, fc.constantFrom('"token":"', "?secret=", "eyJ", "4242", '"'))),
      (parts) => {
        const once = maskText(parts.join(""));
        expect(maskText(once)).toBe(once);
      },
    ),
    { examples: nastyStrings.map((text) => [[text]]) },
  );
});

describe("a megabyte made to be slow is masked in time:", () => {
  test.each([
    "a",
    "1",
    "1-",
    " ",
    '"',
    "\\",
    '"token":"',
    '"token" ',
    '"token":"\\"',
    '\\"token\\":\\"',
    '"access_',
    "?token=",
    "eyJ",
    "eyJ-",
    "-eyJaaaaaaaa",
    "eyJaaaaaaaa.",
    "sk_live_",
    "whsec_",
    "xoxb-",
    "AKIA",
    "github_pat_",
    "-----BEGIN ",
    "-----BEGIN A PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----a",
    "-----BEGIN PRIVATE KEY-----\n",
    "sk-a",
    "sk-",
    "Bearer ",
    "Basic a",
    "://a:",
    "://",
    "a:",
    "token",
    "token: ",
    "token:",
    "'token':'",
    'token"',
    'token":',
    '\\\\"token\\\\":\\\\"',
    "\n-",
    "SG.a",
    "0123456789abcdef",
    "xoxe.",
    "[4242424242424242",
    "-us",
  ])("%j over and over", (piece) => {
    expectLinear(MEGABYTE, (sizeBytes) => {
      const text = piece.repeat(Math.ceil(sizeBytes / piece.length));
      maskText(text);
      maskText(`"token":"${text}`);
    });
  });
});

test.each(["a", "\\a", '\\"', "\\\\"])("a secret of many megabytes of %j is masked like a short one", (piece) => {
  const value = piece.repeat(25_000_000 / piece.length);
  expect(maskText(`{"token":"${value}","x":1}`)).toBe(`{"token":"${MASK}","x":1}`);
});
