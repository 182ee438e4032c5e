import { randomUUID } from "node:crypto";
import { HookcliError } from "../../../core/model/errors.ts";
import type { CapturedRequest, StoredRequest } from "../../../core/model/request.ts";
import type { Secret } from "../../../core/model/secret.ts";
import { parseTarget } from "../../../core/model/target.ts";
import type { Scheme } from "../../../core/schemes/scheme.ts";
import { type KeptReason, resign, type ResignOptions, type SigningSecrets } from "../../../app/replaying/resign.ts";
import { ageingSignature } from "../../../app/replaying/signed-state.ts";
import { readProvider } from "../../flag-groups/read-provider.ts";
import { durationText } from "../../words/units.ts";
import { configuredSecrets, readSecrets, secretForSigning } from "../../secrets/secrets.ts";
import type { Surroundings } from "../../terminal/surroundings.ts";
import { hasSecretFlag } from "../../flag-groups/read-sending.ts";
import type { Given } from "./flags.ts";

/** What is sent for a request once it was decided how it is signed. */
export interface SigningDecision {
  readonly content: CapturedRequest;
  readonly isResigned: boolean;
}

/** Signs what `replay` sends, and says what a person may not expect of it. */
export class ReplaySigning {
  readonly #at: Surroundings;
  readonly #flags: Given;
  readonly #options: ResignOptions;
  readonly #isAsCaptured: boolean;
  readonly #secrets = new Map<string, Promise<SigningSecrets>>();
  readonly #said = new Set<string>();

  /** @throws BAD_VALUE for a provider or an address that is none */
  constructor(at: Surroundings, flags: Given) {
    const publicUrl = flags.text("public-url");
    this.#at = at;
    this.#flags = flags;
    this.#isAsCaptured = flags.isOn("as-captured");
    this.#options = {
      schemes: flags.schemes,
      provider: readProvider(flags, "provider")?.name,
      publicUrl: publicUrl === undefined ? undefined : parseTarget(publicUrl, flags.nameOf("public-url")),
      headerEdits: flags.headerEdits("header"),
      secretsOf: async (provider, scheme) => this.#secretsOf(provider, scheme),
      uuid: () => randomUUID(),
      machine: at.machine,
    };
  }

  /**
   * @param content what is to be sent: the request itself, or what it was edited to
   * @param url where it goes first
   * @param say told what a person may not expect, of each kind once
   * @throws NO_SECRET, SECRET_UNAVAILABLE, USAGE
   */
  async decide(
    request: StoredRequest,
    content: CapturedRequest,
    url: string,
    say: (note: string) => void,
  ): Promise<SigningDecision> {
    if (this.#isAsCaptured) {
      this.#sayAge(request, "it is sent as captured", say);
      return { content, isResigned: false };
    }
    const signed = await resign(request, content, url, this.#at.clock.nowMs(), this.#options);
    if (signed.kind === "re-signed") return { content: signed.content, isResigned: true };
    const { reason, scheme } = signed;
    if (reason === "nothing-to-renew" && this.#isAsked)
      this.#sayOnce(reason, `#${request.id}: ${NOTHING_TO_RENEW}`, say);
    if (scheme) this.#sayKept(request, scheme, reason, content !== request, say);
    return { content, isResigned: false };
  }

  /** Somebody wants a signature. */
  get #isAsked(): boolean {
    return hasSecretFlag(this.#flags);
  }

  #sayKept(
    request: StoredRequest,
    scheme: Scheme,
    reason: KeptReason,
    isEdited: boolean,
    say: (note: string) => void,
  ): void {
    const advice = `hookcli replay ${request.id} --secret signs it anew`;
    // What was not edited may still be fresh, and where it is not, that is what counts.
    if (reason === "no-secret" && !isEdited) return this.#sayAge(request, `no secret is known for it; ${advice}`, say);
    const note = keptNote(reason, scheme, isEdited, advice);
    if (note !== undefined) this.#sayOnce(`${reason} ${scheme.name}`, `#${request.id}: ${note}`, say);
  }

  #sayAge(request: StoredRequest, why: string, say: (note: string) => void): void {
    const nowMs = this.#at.clock.nowMs();
    const aged = ageingSignature(request, this.#options);
    if (aged?.isStaleAt(nowMs) !== true) return;
    const { scheme, signedAtMs, toleranceMs } = aged;
    const ages = `its signature is ${durationText(nowMs - signedAtMs)} old, and handlers for ${scheme.title} take ${durationText(toleranceMs)}`;
    this.#sayOnce(`age ${scheme.name}`, `#${request.id}: ${ages}, so expect a refusal: ${why}`, say);
  }

  #sayOnce(key: string, note: string, say: (note: string) => void): void {
    if (this.#said.has(key)) return;
    this.#said.add(key);
    say(note);
  }

  async #secretsOf(provider: string, scheme: Scheme): Promise<SigningSecrets> {
    let secrets = this.#secrets.get(provider);
    if (!secrets) {
      secrets = this.#readSecrets(provider, scheme);
      this.#secrets.set(provider, secrets);
    }
    return secrets;
  }

  async #readSecrets(provider: string, scheme: Scheme): Promise<SigningSecrets> {
    const [at, flags] = [this.#at, this.#flags];
    if (flags.text("secret") !== undefined) {
      const given = await readSecrets(at, flags, provider);
      // Whether others can be had is no matter then.
      const known = await configuredSecrets(at, flags, provider).catch(noneOf);
      return { chosen: given[0], known: [...given, ...known] };
    }
    const known = await configuredSecrets(at, flags, provider);
    if (known.length > 0 || !flags.isOn("secret")) return { chosen: undefined, known };
    const asked = await secretForSigning(at, flags, scheme);
    return { chosen: asked, known: [asked] };
  }
}

const NOTHING_TO_RENEW =
  "--secret changes nothing: it carries no signature that hookcli knows and that ages or no longer fits; hookcli send signs events of its own";

function noneOf(error: unknown): readonly Secret[] {
  if (error instanceof HookcliError && error.code === "SECRET_UNAVAILABLE") return [];
  throw error;
}

/** Undefined where nobody would have expected anything else. */
function keptNote(reason: KeptReason, { title }: Scheme, isEdited: boolean, advice: string): string | undefined {
  const misfit = "it keeps its signature, which no longer fits what was edited";
  switch (reason) {
    case "nothing-to-renew":
      return undefined;
    case "no-secret":
      return `${misfit}: no secret is known for it; ${advice}`;
    case "forged":
      return `it keeps its signature, which does not hold under any secret that is known${isEdited ? ", edited or not" : ""}`;
    case "own":
      return "it goes out with the signature that you gave it";
    case "unsignable":
      return `${misfit}: hookcli cannot make signatures of ${title}`;
    case "not-renewed":
      return isEdited
        ? `${misfit}: hookcli could not make a new one with the secret that is known`
        : "it keeps its signature: hookcli could not make a new one with the secret that is known";
    default:
      return reason satisfies never;
  }
}
