import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, expect, test } from "vitest";
import { createOutbound, type Outbound } from "../../../platform/http/index.ts";
import { serve, stopServers } from "../../../platform/http/test-server.ts";
import { fetchLimited } from "./fetch-limited.ts";

let outbound: Outbound;
beforeAll(() => {
  outbound = createOutbound({ allowPrivate: true });
});
afterEach(() => stopServers());

const limits = { timeoutMs: 400, maxBytes: 100_000, maxRedirects: 5 };
const get = (url: string, options: { signal?: AbortSignal; mayFollow?: (url: string) => boolean } = {}) =>
  fetchLimited(outbound.fetch, url, {
    headers: { "user-agent": "Parlance/1.0" },
    mayFollow: options.mayFollow ?? (() => true),
    signal: options.signal ?? new AbortController().signal,
    limits,
  });

test("reads a body up to the limit, and none beyond it", async () => {
  const server = await serve((request, response) =>
    response.end(Buffer.alloc(Number(request.url?.slice(1)))),
  );
  const whole = await get(`${server.url}/100000`);
  expect(whole.kind === "answer" && whole.bytes.length).toBe(100_000);
  expect(await get(`${server.url}/100001`)).toMatchObject({ kind: "failed", failure: "TOO_LARGE" });
});

test("a body without end is cut off", async () => {
  let sent = 0;
  const server = await serve((_request, response) => {
    const part = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!response.destroyed && sent < 1024 ** 3) {
        sent += part.length;
        if (!response.write(part)) return response.once("drain", more);
      }
      return response.end();
    };
    response.on("error", () => {});
    more();
  });
  expect(await get(server.url)).toMatchObject({ failure: "TOO_LARGE" });
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test("a body that unpacks to a gigabyte is cut off", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const server = await serve((_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
  );
  const before = process.memoryUsage().arrayBuffers;
  expect(await get(server.url)).toMatchObject({ failure: "TOO_LARGE" });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
});

test.each([
  ["says nothing", () => {}],
  [
    "sends a byte now and then",
    (response: { write(text: string): void }) => setInterval(() => response.write("a"), 50).unref(),
  ],
])("a server that %s is given up in time", async (_title, act) => {
  const server = await serve((_request, response) => {
    response.on("error", () => {});
    act(response);
  });
  expect(await get(server.url)).toMatchObject({ kind: "failed", failure: "TIMEOUT" });
});

test("redirects: followed while allowed, told where not, given up in a circle", async () => {
  const server = await serve((request, response) => {
    const to: Record<string, string> = {
      "/1": "/2",
      "/2": "/3",
      "/loop": "/loop",
      "/out": "http://else.example/",
      "/bad": "http://",
    };
    const location = to[request.url ?? ""];
    if (location) response.writeHead(request.url === "/2" ? 302 : 301, { location }).end();
    else response.end("here");
  });
  const mayFollow = (url: string) => url.startsWith(server.url);
  expect(await get(`${server.url}/1`, { mayFollow })).toMatchObject({
    kind: "answer",
    url: `${server.url}/3`,
    permanent: false,
  });
  expect(await get(`${server.url}/loop`, { mayFollow })).toMatchObject({ failure: "REDIRECT_LOOP" });
  expect(await get(`${server.url}/out`, { mayFollow })).toMatchObject({
    kind: "stopped",
    target: "http://else.example/",
  });
  expect(await get(`${server.url}/bad`, { mayFollow })).toMatchObject({ kind: "failed" });
  expect(server.hits.filter((hit) => hit === "GET /loop")).toHaveLength(6);
});

test("an end from outside is passed on as it is", async () => {
  const server = await serve(() => {});
  const stop = new AbortController();
  const fetched = get(server.url, { signal: stop.signal });
  stop.abort(new Error("The server stops."));
  await expect(fetched).rejects.toThrow("The server stops.");
});

test("what breaks off or is not there is unreachable", async () => {
  const server = await serve((_request, response) => response.destroy());
  expect(await get(server.url)).toMatchObject({ failure: "UNREACHABLE" });
  expect(await get("http://127.0.0.1:9/")).toMatchObject({
    failure: expect.stringMatching(/UNREACHABLE|NOT_ALLOWED/),
  });
});
