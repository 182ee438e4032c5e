import { expect, test } from "vitest";
import { startCapture } from "../helpers/capture.ts";
import { RawClient } from "../helpers/raw-client.ts";

test("a negative chunk size is refused, and does not keep the process busy for ever", async () => {
  const { port, handled } = await startCapture();
  const client = await RawClient.connect(port);
  await client.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-6\r\nabc\r\n");
  const [captured] = await handled(1);
  expect(captured?.refusal).toMatchObject({ status: 400 });
  const [reply] = await client.replies(1);
  expect(reply?.status).toBe(400);
});
