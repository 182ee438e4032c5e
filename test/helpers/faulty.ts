import { execFile } from "node:child_process";
import { request } from "undici";
import { onTestFinished } from "vitest";
import type { EventFacts } from "../../src/core/model/request.ts";
import type { Reply } from "../../src/core/model/reply.ts";
import { type Clock, systemClock } from "../../src/core/model/clock.ts";
import { parsePlan } from "../../src/core/faults/parse-plan.ts";
import { PlanRunner } from "../../src/core/faults/plan-runner.ts";
import { interceptorOf } from "../../src/core/faults/index.ts";
import { startCapture, type StartedCapture } from "./capture.ts";
import { RawClient } from "./raw-client.ts";

/** What a handler behind a faulty capture server says. */
export const HANDLED = '{"handled":true}';

export interface FaultyCapture extends Omit<StartedCapture, "handled"> {
  /** How often the handler was asked. */
  readonly handled: () => number;
}

export interface FaultyOptions {
  readonly clock?: Clock;
  readonly event?: EventFacts;
  /** What the handler says in place of 201 and `HANDLED`. */
  readonly reply?: Reply;
}

/** A real capture server whose handler runs the faults of a plan. */
export async function startFaulty(
  plan: string,
  { clock = systemClock, event = {}, reply = handlersReply() }: FaultyOptions = {},
): Promise<FaultyCapture> {
  const runner = new PlanRunner({ plan: parsePlan(plan), per: "all" });
  let asked = 0;
  const next = async (): Promise<Reply> => {
    asked += 1;
    return reply;
  };
  const started = await startCapture({
    clock,
    handle: async (captured, sender) => {
      const met = await runner.meet(captured, event);
      if (!met) return next();
      const context = { event, clock, left: sender.left(), ending: sender.ending };
      return interceptorOf(met.step)(captured, context, next);
    },
  });
  return { ...started, handled: () => asked };
}

function handlersReply(): Reply {
  return {
    status: 201,
    headers: ["Content-Type", "application/json"],
    body: { kind: "bytes", bytes: Buffer.from(HANDLED) },
  };
}

/** What a sender makes of a reply: status and body, or the name that its library has for the trouble. */
export type Seen =
  | { readonly status: number; readonly body: string; readonly location?: string | undefined }
  | { readonly trouble: string };

/** One post over a socket of our own: every byte that came, and how the connection ended. */
export async function postRaw(
  port: number,
): Promise<{ readonly bytes: string; readonly errorCode: string | undefined }> {
  const client = await RawClient.connect(port);
  onTestFinished(() => client.close());
  await client.write("POST /hooks HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
  const bytes = await client.ended();
  return { bytes: bytes.toString("latin1"), errorCode: client.errorCode };
}

/** The same with curl; trouble is its exit code. */
export async function postCurl(port: number, patienceMs: number): Promise<Seen> {
  const args = ["-s", "-m", String(patienceMs / 1000), "-w", "\n%{http_code} %{redirect_url}", "-d", "{}"];
  const { code, out } = await run("curl", [...args, url(port)]);
  if (code !== 0) return { trouble: String(code) };
  const [, body = "", status = "", location = ""] = /^([^]*)\n(\d+) (.*)$/.exec(out) ?? [];
  return { status: Number(status), body, ...(location === "" ? {} : { location: new URL(location).pathname }) };
}

/** The same with undici; trouble is the error's code, or its name where it has none. */
export async function postUndici(port: number, patienceMs: number): Promise<Seen> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const {
      statusCode: status,
      headers,
      body,
    } = await request(url(port), { method: "POST", body: "{}", signal, reset: true });
    const text = await body.text();
    const { location } = headers;
    return { status, body: text, ...(location === undefined ? {} : { location: String(location) }) };
  } catch (error) {
    return { trouble: troubleOf(error) };
  }
}

/** The code of an error, or its name where it has none. */
export function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

function url(port: number): string {
  return `http://127.0.0.1:${port}/hooks`;
}

async function run(program: string, args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) => {
    execFile(program, args, (error, out) => resolve({ code: typeof error?.code === "number" ? error.code : 0, out }));
  });
}
