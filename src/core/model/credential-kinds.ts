/**
 * What credentials are called and what they look like. Every entry is a regular expression's source in lower case; the test
 * of `redact.ts` has a row for each with something that must be covered and something like it that must stay.
 */

/** Headers whose value is a credential, by their whole name. Signatures are not among them: they prove nothing without the secret. */
export const SECRET_HEADERS: readonly string[] = ["cookie", "set-cookie", "x-auth", "x-session", "x-session-id"];

/** Words of a header's name, divided from others by `-` or `_`, by which it is known to carry a credential. */
export const SECRET_HEADER_WORDS: readonly string[] = [
  "authorization",
  "token",
  "secret",
  "password",
  "passwd",
  "passphrase",
  "credentials?",
  "access[-_]?key",
  "private[-_]?key",
  "jwt",
  "otp",
];

/** The same, also where more stands before or behind it without a divider. */
export const SECRET_HEADER_PARTS: readonly string[] = ["api[-_]?key"];

/** Ends of the names of fields (in JSON, queries, forms, cookies and lines of text) whose value is a credential. */
export const SECRET_FIELD_ENDS: readonly string[] = [
  "token",
  "secret",
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "passcode",
  "api[_-]?key",
  "private[_-]?key",
  "secret[_-]?key",
  "secret[_-]?access[_-]?key",
  "access[_-]?key",
  "signing[_-]?key",
  "encryption[_-]?key",
  "auth[_-]?key",
  "credentials?",
  "authorization",
  "cookie",
  "session[_-]?id",
  "session[_-]?key",
  "jwt",
  "bearer",
  "otp",
  "cvc",
  "cvv2?",
];

/** Names that mean a credential only where nothing but a divider stands before them: `compass` is no password. */
export const SECRET_FIELD_WORDS: readonly string[] = ["pass", "auth"];

/** A form by which a credential is known wherever it stands. */
export interface CredentialKind {
  readonly name: string;
  /** Stands in every text that holds one: a cheap look tells most texts to be harmless. */
  readonly hint: string;
  readonly form: string;
}

const B = String.raw`(?<![0-9A-Za-z_])`;

export const CREDENTIAL_KINDS: readonly CredentialKind[] = [
  { name: "Stripe key", hint: "_(?:live|test)_", form: String.raw`\b(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{8,}` },
  { name: "Standard Webhooks secret", hint: "wh(?:sec|sk)_", form: String.raw`\bwh(?:sec|sk)_[0-9A-Za-z+/=_-]{8,}` },
  { name: "GitHub token", hint: "gh[pousr]_", form: String.raw`\bgh[pousr]_[0-9A-Za-z]{20,}` },
  { name: "GitHub fine-grained token", hint: "github_pat_", form: String.raw`\bgithub_pat_[0-9A-Za-z_]{20,}` },
  {
    name: "GitLab token",
    hint: "gl[a-z]{2,5}-",
    form: String.raw`\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas)-[0-9A-Za-z_.-]{16,}`,
  },
  { name: "Slack token", hint: "xox", form: String.raw`\bxox[abeoprs](?:\.xox[bp])?-[0-9A-Za-z-]{10,}` },
  { name: "Slack app token", hint: "xapp-", form: String.raw`\bxapp-[0-9A-Za-z-]{10,}` },
  {
    name: "Slack webhook address",
    hint: "hooks\\.slack\\.com",
    form: String.raw`(?<=hooks\.slack\.com\/(?:services|workflows|triggers)\/)[0-9A-Za-z/_-]{10,}`,
  },
  {
    name: "Discord webhook address",
    hint: "\\/api\\/webhooks",
    form: String.raw`(?<=\/api\/webhooks\/\d{5,25}\/)[0-9A-Za-z_-]{20,}`,
  },
  { name: "AWS key id", hint: "A(?:KIA|SIA|BIA|CCA)", form: String.raw`\bA(?:KIA|SIA|BIA|CCA)[0-9A-Z]{16}\b` },
  { name: "Google API key", hint: "AIza", form: `${B}AIza[0-9A-Za-z_-]{35}` },
  { name: "Google OAuth token", hint: "ya29\\.", form: String.raw`\bya29\.[0-9A-Za-z_-]{20,}` },
  { name: "Google client secret", hint: "GOCSPX-", form: String.raw`\bGOCSPX-[0-9A-Za-z_-]{20,}` },
  {
    name: "JWT",
    hint: "eyJ",
    form: String.raw`(?<![0-9A-Za-z_-])eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*`,
  },
  {
    name: "private key",
    hint: "-----BEGIN",
    form: "-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]*-----END [A-Z ]*PRIVATE KEY-----|[^-]*$)",
  },
  { name: "npm token", hint: "npm_", form: String.raw`\bnpm_[0-9A-Za-z]{30,}` },
  { name: "PyPI token", hint: "pypi-", form: String.raw`\bpypi-[0-9A-Za-z_-]{30,}` },
  { name: "Docker token", hint: "dckr_", form: String.raw`\bdckr_(?:pat|oat)_[0-9A-Za-z_-]{20,}` },
  { name: "SendGrid key", hint: "SG\\.", form: String.raw`\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}` },
  { name: "Twilio key id", hint: "SK[0-9a-f]", form: String.raw`\bSK[0-9a-f]{32}\b` },
  { name: "Shopify token", hint: "shp[a-z]{2,3}_", form: String.raw`\bshp(?:at|ss|ca|pa|tka)_[0-9a-fA-F]{20,}` },
  {
    name: "OpenAI or Anthropic key",
    hint: "sk-",
    form: String.raw`(?<![0-9A-Za-z_-])sk-(?=[A-Za-z_-]*\d)[0-9A-Za-z_-]{20,}`,
  },
  { name: "Hugging Face token", hint: "hf_", form: String.raw`\bhf_[0-9A-Za-z]{30,}` },
  { name: "Groq key", hint: "gsk_", form: String.raw`\bgsk_[0-9A-Za-z]{30,}` },
  { name: "xAI key", hint: "xai-", form: String.raw`\bxai-[0-9A-Za-z]{30,}` },
  { name: "Square token", hint: "sq0", form: String.raw`\bsq0(?:atp|csp|idp)-[0-9A-Za-z_-]{20,}` },
  { name: "Mailgun key", hint: "key-", form: String.raw`\bkey-[0-9a-f]{32}\b` },
  { name: "Mailchimp key", hint: "-us\\d", form: String.raw`\b[0-9a-f]{32}-us\d{1,2}\b` },
  { name: "Linear key", hint: "lin_", form: String.raw`\blin_(?:api|wh|oauth)_[0-9A-Za-z]{20,}` },
  { name: "Notion token", hint: "ntn_|secret_", form: String.raw`\b(?:ntn|secret)_[0-9A-Za-z]{40,}` },
  { name: "Supabase token", hint: "sb(?:p|_secret)_", form: String.raw`\bsb(?:p|_secret)_[0-9A-Za-z_-]{20,}` },
  { name: "DigitalOcean token", hint: "do[opr]_v1_", form: String.raw`\bdo[opr]_v1_[0-9a-f]{20,}` },
  { name: "Figma token", hint: "fig[a-z]{1,2}_", form: String.raw`\bfig(?:d|o|ur)_[0-9A-Za-z_-]{20,}` },
  { name: "Vault token", hint: "hv[sbr]\\.", form: String.raw`\bhv[sbr]\.[0-9A-Za-z_-]{20,}` },
  { name: "Grafana token", hint: "gl(?:sa|c)_", form: String.raw`\bgl(?:sa|c)_[0-9A-Za-z_=+/]{20,}` },
  { name: "Sentry token", hint: "sntr", form: String.raw`\bsntr(?:ys|yu)_[0-9A-Za-z_=+/-]{20,}` },
  { name: "Atlassian token", hint: "ATATT3", form: String.raw`\bATATT3[0-9A-Za-z_=-]{20,}` },
  { name: "Postman key", hint: "PMAK-", form: String.raw`\bPMAK-[0-9a-f]{24}-[0-9a-f]{20,}` },
  {
    name: "Telegram bot token",
    hint: "\\d:[0-9A-Za-z_-]{35}",
    form: String.raw`(?<!\d)\d{8,10}:[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])`,
  },
  { name: "age key", hint: "AGE-SECRET-KEY-", form: String.raw`\bAGE-SECRET-KEY-1[0-9A-Z]{20,}` },
  {
    name: "bearer or basic credentials",
    hint: "[Bb]earer|[Bb]asic|BEARER|BASIC",
    form: String.raw`(?<=\b[Bb](?:earer|asic|EARER|ASIC)(?:\s|%20|\+)(?:\s{0,8}))(?=[^\s"',;]{0,4096}[\d=])[0-9A-Za-z._~+/-]{8,}=*`,
  },
  {
    name: "password in an address",
    hint: ":\\/\\/",
    form: String.raw`(?<=:\/\/[^\s\/?#@:"'<>]{0,256}:)[^\s\/?#@"'<>]{1,256}(?=@)`,
  },
];
