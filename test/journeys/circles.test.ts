import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { post, runBin } from "../helpers/bin.ts";
import { freePorts } from "../helpers/circles.ts";
import { Listener } from "../helpers/listener.ts";
import { temporaryFolder } from "../helpers/surroundings.ts";
import { TargetServer } from "../helpers/target-server.ts";

test("a target that is this machine at the capture port is refused, under each of its names", async () => {
  const [port = 0] = await freePorts(1);
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const hosts = own.map(({ address, family }) => (family === "IPv6" ? `[${address.replace(/%.*$/, "")}]` : address));
  for (const host of ["0.0.0.0", "[::]", "127.0.0.2", "0x7f000001", "x.localhost", hostname(), ...hosts]) {
    const { code, err } = await runBin(["listen", "--port", String(port), "--forward", `${host}:${port}`]);
    expect({ host, code, err }).toMatchObject({ code: 2, err: expect.stringContaining("in circles") as string });
  }
});

test("two listeners that forward to each other: the second one does not start, and a chain does", async () => {
  const [port = 0] = await freePorts(1);
  const dbPath = join(temporaryFolder(), "hooks.db");
  const first = await Listener.start(["--forward", `localhost:${port}`], dbPath);
  onTestFinished(() => first.kill());
  const back = ["listen", "--db", dbPath, "--port", String(port), "--forward", `0.0.0.0:${first.port}`];
  const { code, err } = await runBin(back);
  expect(code).toBe(2);
  expect(err).toContain(`leads back here, over ${first.url}: every request would go round in circles`);

  const app = await TargetServer.answering();
  onTestFinished(() => app.close());
  const second = await Listener.start(["--forward", app.origin, "--port", String(port)], dbPath);
  onTestFinished(() => second.kill());
  const replies = await Promise.all(Array.from({ length: 100 }, () => post(first.url)));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  expect(app.seen).toHaveLength(100);
  const sent = await runBin(["replay", "1", "--to", first.url, "--db", dbPath]);
  expect(sent.code).toBe(0);
});

test("with --public-url a request says which listeners it has been through, and without it nothing is added", async () => {
  const app = await TargetServer.answering();
  onTestFinished(() => app.close());
  for (const args of [[], ["--public-url", "https://shop.example.com/hooks"]]) {
    const listener = await Listener.start(["--forward", app.origin, ...args]);
    onTestFinished(() => listener.kill());
    expect((await post(listener.url)).status).toBe(200);
    await listener.stop();
  }
  const hops = app.seen.map(({ headers }) => headers.filter((name) => /^x-hookcli/i.test(name)));
  expect(hops).toEqual([[], ["X-Hookcli-Hop"]]);
});
