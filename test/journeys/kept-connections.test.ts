import { expect, onTestFinished, test } from "vitest";
import { closingTarget } from "../helpers/closing-target.ts";
import { Listener } from "../helpers/listener.ts";
import { runHere } from "../helpers/run-here.ts";

test.each(["FIN", "RST"] as const)(
  "an app that closes a kept connection (%s) as a request comes: what may be repeated is, the rest is told",
  async (form) => {
    const app = await closingTarget(form);
    onTestFinished(() => app.close());
    const listener = await Listener.start(["--forward", app.origin]);
    onTestFinished(() => listener.kill());
    const send = async (method: string) => fetch(listener.url, { method, body: "x" });

    expect((await send("POST")).status).toBe(200);
    // One that may be sent twice: the app has it, as the second attempt.
    expect((await send("PUT")).status).toBe(200);
    expect(await listener.line(({ kind, request }) => kind === "delivery" && idOf(request) === 2)).toMatchObject({
      delivery: {
        status: "delivered",
        attempts: [
          { number: 1, outcome: { kind: "no-response", reason: "reset" } },
          { number: 2, outcome: { kind: "response", status: 200 } },
        ],
      },
    });
    // Its connection was its own, so a new one is made and kept, and the next one meets the closing of that.
    expect((await send("POST")).status).toBe(200);
    const lost = await send("POST");
    expect([lost.status, lost.headers.get("x-hookcli-reason")]).toEqual([502, "reset"]);
    expect(await lost.json()).toMatchObject({
      reason: "reset",
      detail: expect.stringContaining("your app may not have seen it") as string,
      again: "hookcli replay 4",
    });
    expect(app.seen.map(({ method }) => method)).toEqual(["POST", "PUT", "PUT", "POST", "POST"]);

    const twice = await runHere(["show", "2", "--db", listener.dbPath]);
    expect(twice.out).toMatch(/attempt 1 .*no answer: reset.*\n.*kept open\n.*attempt 2 .*200 in/);
    const once = await runHere(["show", "4", "--db", listener.dbPath]);
    expect(once.out).toMatch(/attempt 1 .*no answer: reset.*\n.*your app may not have seen it\n/);
    expect(once.out).not.toContain("attempt 2");
    expect(once.out).toContain("Next: hookcli replay 4");
    await listener.stop();
  },
);

function idOf(request: unknown): number {
  return (request as { readonly id: number }).id;
}
