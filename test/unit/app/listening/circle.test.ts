import { describe, expect, test } from "vitest";
import { type CircleOptions, refuseOwnPort, refuseWayBack } from "../../../../src/app/listening/circle.ts";
import type { SessionRecord } from "../../../../src/core/model/session.ts";
import { parseTarget } from "../../../../src/core/model/target.ts";
import { THIS_MACHINE } from "../../../helpers/surroundings.ts";

const asked: string[] = [];
const options: CircleOptions = {
  port: 4400,
  machine: () => THIS_MACHINE,
  resolve: async (hostname) => {
    asked.push(hostname);
    return hostname === "me.test" ? ["198.51.100.1", "192.0.2.10"] : ["198.51.100.1"];
  },
};

describe("a target at the capture port is refused", () => {
  test.each([
    "4400",
    ":4400/hooks",
    "localhost:4400",
    "localhost.:4400",
    "shop.localhost:4400",
    "127.0.0.2:4400",
    "127.1:4400",
    "2130706433:4400",
    "0x7f.1:4400",
    "0.0.0.0:4400",
    "0:4400",
    "[::1]:4400",
    "[::]:4400",
    "[::ffff:127.0.0.1]:4400",
    "[::ffff:192.0.2.10]:4400",
    "192.0.2.10:4400",
    "workshop:4400",
    "workshop.local:4400",
    "https://localhost:4400",
    "me.test:4400",
  ])("where it is %s", async (text) => {
    await expect(refuse(text)).rejects.toMatchObject({ code: "TARGET_IS_CAPTURE" });
  });

  test("also where it is not the first", async () => {
    const targets = [parseTarget("8000", "a target"), parseTarget("0.0.0.0:4400", "a target")];
    await expect(refuseOwnPort(targets, options)).rejects.toMatchObject({ code: "TARGET_IS_CAPTURE" });
  });

  test.each(["8000", "example.test:4400", "198.51.100.7:4400", "[2001:db8::1]:4400", "workshop"])(
    "and not where it is %s",
    async (text) => {
      await expect(refuse(text)).resolves.toBeUndefined();
    },
  );

  test("a port that nobody named is that of the scheme", async () => {
    await expect(refuse("http://localhost", 80)).rejects.toMatchObject({ code: "TARGET_IS_CAPTURE" });
    await expect(refuse("https://localhost", 443)).rejects.toMatchObject({ code: "TARGET_IS_CAPTURE" });
    await expect(refuse("https://localhost", 80)).resolves.toBeUndefined();
  });

  test("names are resolved only where the port is the same", async () => {
    asked.length = 0;
    await refuse("elsewhere.test:8000");
    await refuse("elsewhere.test:4400");
    expect(asked).toEqual(["elsewhere.test"]);
  });
});

describe("a target that is another listener of the store", () => {
  test.each([
    ["that forwards here", { 4401: ["http://localhost:4400/x"] }],
    ["that forwards here under another name", { 4401: ["http://me.test:4400"] }],
    ["that forwards here beside other targets", { 4401: ["http://localhost:8000", "http://192.0.2.10:4400"] }],
    ["whose target forwards here", { 4401: ["http://localhost:4402"], 4402: ["http://127.0.0.1:4400"] }],
  ])("is refused %s", async (_what, listeners) => {
    await expect(check("127.0.0.1:4401", listeners)).rejects.toMatchObject({ code: "TARGET_LEADS_BACK" });
  });

  test("names the way", async () => {
    const listeners = { 4401: ["http://localhost:4402"], 4402: ["http://127.0.0.1:4400"] };
    await expect(check("127.0.0.1:4401", listeners)).rejects.toThrow(
      "http://127.0.0.1:4401 leads back here, over http://127.0.0.1:4401 -> http://127.0.0.1:4402",
    );
  });

  test.each([
    ["forwards to an app", { 4401: ["http://localhost:8000"] }],
    ["forwards nowhere", { 4401: [] }],
    ["forwards to this port elsewhere", { 4401: ["http://example.test:4400"] }],
    ["is part of a circle without us", { 4401: ["http://localhost:4402"], 4402: ["http://localhost:4401"] }],
    ["has targets that are none", { 4401: ["no address", "http://"] }],
  ])("is fine where it %s", async (_what, listeners) => {
    await expect(check("127.0.0.1:4401", listeners)).resolves.toBeUndefined();
  });

  test("is looked at once, however many ways lead there", async () => {
    const ports = Array.from({ length: 12 }, (_, index) => 5000 + index);
    const all = ports.map((port) => `http://localhost:${port}`);
    const listeners = Object.fromEntries(ports.map((port) => [port, all]));
    await expect(check("localhost:5000", listeners)).resolves.toBeUndefined();
  });

  test("at the same port elsewhere is not it", async () => {
    await expect(check("example.test:4401", { 4401: ["http://localhost:4400"] })).resolves.toBeUndefined();
  });
});

async function refuse(text: string, port = 4400): Promise<void> {
  await refuseOwnPort([parseTarget(text, "a target")], { ...options, port });
}

async function check(text: string, listeners: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const others = Object.entries(listeners).map(([port, targets], index): SessionRecord => {
    const captureUrl = `http://127.0.0.1:${port}`;
    const known = { command: "listen", pid: 1, processMark: "", startedAtMs: 0, directory: "/" };
    return { ...known, id: index + 2, captureUrl, targets };
  });
  await refuseWayBack([parseTarget(text, "a target")], others, options);
}
