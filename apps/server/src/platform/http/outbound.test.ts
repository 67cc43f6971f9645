import { once } from "node:events";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createOutbound, type Outbound, type OutboundOptions } from "./index.ts";
import { serve, stopServers } from "./test-server.ts";

const open: Outbound[] = [];
const outboundTo = (options: Partial<OutboundOptions> = {}) => {
  const made = createOutbound({ allowPrivate: ["127.0.0.0/8"], ...options });
  open.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((made) => made.close()));
  await stopServers();
});

/** Answers with what arrived. */
const echo = () =>
  serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
  });

describe("requests", () => {
  it.each<[string, BodyInit]>([
    ["text", "héllo"],
    ["bytes", new TextEncoder().encode("héllo")],
    ["form fields", new URLSearchParams({ a: "1" })],
    ["a blob", new Blob(["héllo"])],
  ])("carry %s with its length", async (_name, body) => {
    const server = await echo();
    const response = await outboundTo().fetch(server.url, { method: "POST", body });
    const seen = await response.json();
    expect(seen.body).toBe(body instanceof URLSearchParams ? "a=1" : "héllo");
    expect(seen.headers["content-length"]).toBe(String(Buffer.byteLength(seen.body)));
  });

  it("carry a stream, and a Request as the AI SDK or a browser would make it", async () => {
    const server = await echo();
    const { fetch } = outboundTo();
    const stream = new Blob(["streamed"]).stream();
    const init: RequestInit & { duplex: "half" } = { method: "POST", body: stream, duplex: "half" };
    expect((await (await fetch(server.url, init)).json()).body).toBe("streamed");
    const request = new Request(`${server.url}/x`, {
      method: "PUT",
      body: "kept",
      headers: { "x-key": "1" },
    });
    const seen = await (await fetch(request)).json();
    expect(seen).toMatchObject({ method: "PUT", url: "/x", body: "kept", headers: { "x-key": "1" } });
  });

  it("give a Response with status, headers and final URL", async () => {
    const server = await serve((_request, response) => {
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.writeHead(418, { "x-name": "tea" }).end("short");
    });
    const response = await outboundTo().fetch(`${server.url}/pot`);
    expect(response).toBeInstanceOf(Response);
    expect(response).toMatchObject({ status: 418, ok: false, url: `${server.url}/pot`, redirected: false });
    expect(response.headers.get("x-name")).toBe("tea");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("may have answers without a body", async () => {
    const server = await serve((request, response) => {
      response.writeHead(request.method === "HEAD" ? 200 : 204, { "content-length": "999" }).end();
    });
    const { fetch } = outboundTo({ maxBytes: 10 });
    expect((await fetch(server.url, { method: "HEAD" })).status).toBe(200);
  });
});

describe("streams", () => {
  it("pass each chunk on before the next one is sent", async () => {
    let next: () => void = () => {};
    const server = await serve((_request, response) => {
      let sent = 0;
      next = () => void (sent < 3 ? response.write(`chunk ${sent++}`) : response.end());
      next();
    });
    const response = await outboundTo().fetch(server.url);
    const reader = response.body?.getReader();
    const seen: string[] = [];
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      seen.push(new TextDecoder().decode(part.value));
      next(); // the server sends the next chunk only now: buffering would wait for ever
    }
    expect(seen).toEqual(["chunk 0", "chunk 1", "chunk 2"]);
  });

  it.each(["abort", "cancel"])("close the other server's socket on %s", async (how) => {
    const server = await serve((_request, response) => response.write("first"));
    const controller = new AbortController();
    const connection = once(server.server, "connection");
    const response = await outboundTo().fetch(server.url, { signal: controller.signal });
    const [socket] = await connection;
    const closed = once(socket, "close");
    const reader = response.body?.getReader();
    await reader?.read();
    if (how === "cancel") await reader?.cancel();
    else {
      const reason = new Error("the visitor left");
      controller.abort(reason);
      await expect(reader?.read()).rejects.toBe(reason);
    }
    await closed;
  });

  it("can be aborted before the answer, and before they start", async () => {
    const server = await serve(() => {});
    const controller = new AbortController();
    const reached = once(server.server, "request");
    const pending = outboundTo().fetch(server.url, { signal: controller.signal });
    await reached;
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: "AbortError" });
    const late = outboundTo().fetch(server.url, { signal: AbortSignal.abort() });
    await expect(late).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("limits", () => {
  it("end the wait for headers", async () => {
    const server = await serve(() => {});
    await expect(outboundTo({ timeoutMs: 100 }).fetch(server.url)).rejects.toMatchObject({
      code: "UPSTREAM_TIMEOUT",
    });
  });

  it("end a body that falls silent", async () => {
    const server = await serve((_request, response) => response.write("then nothing"));
    const response = await outboundTo({ stallMs: 100 }).fetch(server.url);
    await expect(response.text()).rejects.toMatchObject({ code: "UPSTREAM_TIMEOUT" });
  });

  it("cut a body that is too long, announced or not", async () => {
    const server = await serve((request, response) => {
      if (request.url === "/announced") response.setHeader("content-length", "1001");
      else response.write("x");
      response.end("x".repeat(request.url === "/announced" ? 1001 : 1000));
    });
    const { fetch } = outboundTo({ maxBytes: 1000 });
    await expect(fetch(`${server.url}/announced`)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    const response = await fetch(server.url);
    await expect(response.text()).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });

  it("count what a compressed body unpacks to", async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const server = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    const response = await outboundTo({ maxBytes: 1_000_000 }).fetch(server.url);
    await expect(response.arrayBuffer()).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });

  it("report a refused, reset or garbled connection without naming it", async () => {
    const gone = await serve(() => {});
    await stopServers();
    const reset = await serve((request) => request.socket.destroy());
    const broken = await serve((request) => void request.socket.end("not http\r\n\r\n"));
    for (const { url, port } of [gone, reset, broken]) {
      const error = await outboundTo()
        .fetch(url)
        .catch((failure) => failure);
      expect(error.code).toBe("UPSTREAM_FAILED");
      expect(error.message).not.toContain(String(port));
      expect(error.message).not.toMatch(/127|ECONN|refused/);
    }
  });

  it("report a body that breaks off", async () => {
    const server = await serve((request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("half", () => request.socket.destroy());
    });
    const response = await outboundTo().fetch(server.url);
    await expect(response.text()).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
  });
});

describe("redirects", () => {
  const secrets = { authorization: "Bearer x", cookie: "a=1", "x-api-key": "k", accept: "text/plain" };

  it("keep credentials on the same origin and drop them on the way to another", async () => {
    const target = await echo();
    const door = await serve((request, response) => {
      if (request.url === "/same") response.writeHead(307, { location: "/echo" }).end();
      else if (request.url === "/other") response.writeHead(307, { location: `${target.url}/` }).end();
      else response.end(JSON.stringify({ headers: request.headers }));
    });
    const { fetch } = outboundTo();
    const init = { method: "POST", body: "sent again", headers: secrets };
    expect((await (await fetch(`${door.url}/same`, init)).json()).headers).toMatchObject(secrets);
    const crossed = await fetch(`${door.url}/other`, init);
    expect(crossed).toMatchObject({ url: `${target.url}/`, redirected: true });
    const { method, body, headers } = await crossed.json();
    expect({ method, body, accept: headers.accept }).toEqual({
      method: "POST",
      body: "sent again",
      accept: "text/plain",
    });
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("x-api-key");
  });

  it.each([
    [301, "POST", "GET"],
    [302, "POST", "GET"],
    [302, "PUT", "PUT"],
    [303, "PUT", "GET"],
    [307, "POST", "POST"],
    [308, "DELETE", "DELETE"],
  ])("turn a %i of %s into %s", async (status, method, expected) => {
    const target = await echo();
    const door = await serve((_request, response) =>
      response.writeHead(status, { location: target.url }).end(),
    );
    const response = await outboundTo().fetch(door.url, { method, body: "b" });
    const seen = await response.json();
    expect([seen.method, seen.body]).toEqual([expected, expected === "GET" ? "" : "b"]);
  });

  it("stop after the fifth, and obey the caller's redirect mode", async () => {
    const door = await serve((request, response) => {
      response.writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1}` }).end();
    });
    const { fetch } = outboundTo();
    await expect(fetch(`${door.url}/0`)).rejects.toThrow(/more than 5 times/);
    expect(door.hits).toHaveLength(6);
    const manual = await fetch(`${door.url}/0`, { redirect: "manual" });
    expect([manual.status, manual.headers.get("location")]).toEqual([302, "/1"]);
    await expect(fetch(`${door.url}/0`, { redirect: "error" })).rejects.toMatchObject({
      code: "UPSTREAM_FAILED",
    });
  });

  it("refuse a malformed location, and a stream that cannot be sent twice", async () => {
    const broken = await serve((_request, response) =>
      response.writeHead(302, { location: "http://[" }).end(),
    );
    await expect(outboundTo().fetch(broken.url)).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
    const door = await serve((request, response) => {
      request.resume().on("end", () => response.writeHead(307, { location: "/again" }).end());
    });
    const init: RequestInit & { duplex: "half" } = {
      method: "POST",
      body: new Blob(["x"]).stream(),
      duplex: "half",
    };
    await expect(outboundTo().fetch(door.url, init)).rejects.toThrow(/sent only once/);
  });
});
