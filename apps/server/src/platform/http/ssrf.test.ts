import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../errors/index.ts";
import { createOutbound, type Outbound, type Resolve } from "./index.ts";
import { ssrfForms } from "./ssrf-forms.ts";
import { serve, stopServers, type TestServer } from "./test-server.ts";

const names: Record<string, string[]> = {
  "inside.example": ["127.0.0.1"],
  "inside6.example": ["::1"],
  "mixed.example": ["93.184.216.34", "127.0.0.1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "nothing.example": [],
};
const resolve: Resolve = async (hostname) => {
  const addresses = names[hostname.replace(/\.$/, "")] ?? ["127.0.0.1"];
  return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
};

describe("SSRF guard", () => {
  let canary: TestServer;
  let outbound: Outbound;
  const canaries: TestServer[] = [];

  beforeAll(async () => {
    canary = await serve((_request, response) => response.end("secret"));
    canaries.push(canary);
    for (const host of ["127.255.255.254", "::1"]) {
      // Not every machine has IPv6; the refusal itself is asserted in any case.
      const more = await serve((_request, response) => response.end("secret"), {
        host,
        port: canary.port,
      }).catch(() => null);
      if (more) canaries.push(more);
    }
    outbound = createOutbound({ allowPrivate: false, resolve, timeoutMs: 2000 });
  });
  afterAll(async () => {
    await outbound.close();
    await stopServers();
  });

  it.each(ssrfForms)("C02, C03, C05: refuses %j", async (form) => {
    const url = form.replaceAll("PORT", String(canary.port));
    const error: unknown = await outbound.fetch(url).catch((failure: unknown) => failure);
    if (!(error instanceof AppError)) throw new Error("was not refused");
    expect(error.code).toBe("ADDRESS_NOT_ALLOWED");
    expect(error.message).not.toMatch(/\d|localhost|private|loopback|resol/i);
    expect(canaries.flatMap(({ hits }) => hits)).toEqual([]);
  });

  // ports that no page has are refused when they are fetched
  it.each(ssrfForms.filter((form) => !form.includes("93.184.216.34:2")))(
    "C04, C07: refuses %j before it is fetched",
    async (form) => {
      const asked = outbound.assertAllowed(form.replaceAll("PORT", String(canary.port)));
      await expect(asked).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
      expect(canaries.flatMap(({ hits }) => hits)).toEqual([]);
    },
  );

  it("allows a public address without calling it", async () => {
    const publicly = createOutbound({
      allowPrivate: false,
      resolve: async () => [{ address: "93.184.216.34", family: 4 }],
    });
    await expect(publicly.assertAllowed("https://public.example/page")).resolves.toBeUndefined();
    await publicly.close();
  });

  it.each(["https://127.0.0.1:PORT/", "https://inside.example:PORT/"])(
    "refuses %j before TLS",
    async (form) => {
      const refused = outbound.fetch(form.replaceAll("PORT", String(canary.port)));
      await expect(refused).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
    },
  );

  it("tells a name that leads inside from one that does not exist neither by code nor by text", async () => {
    const missing = createOutbound({
      allowPrivate: false,
      resolve: () => Promise.reject(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" })),
    });
    const failure = (of: Outbound, url: string) =>
      of.fetch(url).then(String, ({ code, message }) => ({ code, message }));
    expect(await failure(missing, "http://a.example/")).toEqual(
      await failure(outbound, "http://inside.example/"),
    );
  });

  it("is what keeps the canary silent: with the guard open the same forms reach it", async () => {
    const open = createOutbound({ allowPrivate: true, resolve });
    for (const host of [
      "127.1",
      "0x7f000001",
      "017700000001",
      "localhost",
      "[::ffff:7f00:1]",
      "inside.example",
    ]) {
      const response = await open.fetch(`http://${host}:${canary.port}/`);
      expect(await response.text(), host).toBe("secret");
    }
    expect(canary.hits).toHaveLength(6);
    canary.hits.length = 0;
    await open.close();
  });

  it.each(["169.254.169.254", "100.100.100.200", "[fd00:ec2::254]", "0.0.0.0", "[::]", "224.0.0.1"])(
    "C01: keeps %s closed to a redirect, even when private networks are open",
    async (host) => {
      const open = createOutbound({ allowPrivate: true, resolve });
      await expect(open.fetch(`http://${host}/`)).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
    },
  );

  it("opens exactly what the operator lists", async () => {
    const reach = async (rule: string, host: string) => {
      const listed = createOutbound({ allowPrivate: [rule], resolve });
      const outcome = await listed.fetch(`http://${host}:${canary.port}/`).then(
        (r) => r.text(),
        (e) => e.code,
      );
      await listed.close();
      return outcome;
    };
    const { port } = canary;
    expect(await reach(`localhost:${port}`, "localhost")).toBe("secret");
    expect(await reach(`LocalHost:${port}`, "LOCALHOST")).toBe("secret");
    expect(await reach(`127.0.0.1:${port}`, "127.0.0.1")).toBe("secret");
    expect(await reach("127.0.0.0/8", "inside.example")).toBe("secret");
    expect(await reach("127.0.0.0/8", "[::ffff:127.0.0.1]")).toBe("secret");
    expect(await reach(`localhost:${port + 1}`, "localhost")).toBe("ADDRESS_NOT_ALLOWED");
    expect(await reach(`localhost:${port}`, "inside.example")).toBe("ADDRESS_NOT_ALLOWED");
    expect(await reach("10.0.0.0/8", "127.0.0.1")).toBe("ADDRESS_NOT_ALLOWED");
    expect(() => createOutbound({ allowPrivate: ["localhost"] })).toThrow(/host:port or a CIDR/);
    canary.hits.length = 0;
  });

  it.each([301, 302, 303, 307, 308])(
    "checks the target of a %i redirect, after any number of hops",
    async (status) => {
      for (const hops of [1, 2, 5]) {
        const door = await serve((request, response) => {
          const hop = Number(request.url?.slice(1));
          const location = hop < hops ? `/${hop + 1}` : `http://127.1:${canary.port}/`;
          response.writeHead(status, { location }).end();
        });
        const listed = createOutbound({ allowPrivate: [`${door.host}:${door.port}`] });
        await expect(listed.fetch(`${door.url}/1`)).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
        expect(door.hits).toHaveLength(hops);
        await listed.close();
      }
      expect(canary.hits).toEqual([]);
    },
  );

  it.each(["file:///etc/passwd", "http://user@93.184.216.34/", "data:,x", "//localhost:1/"])(
    "does not follow a redirect to %j",
    async (location) => {
      const door = await serve((_request, response) => response.writeHead(302, { location }).end());
      const listed = createOutbound({ allowPrivate: [`${door.host}:${door.port}`] });
      await expect(listed.fetch(door.url)).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
      await listed.close();
    },
  );

  it("C05: connects to the address it checked, though the name changes its answer each time", async () => {
    const respond: Parameters<typeof serve>[0] = (_request, response) =>
      response.writeHead(200, { connection: "close" }).end("fine");
    const allowed = await serve(respond, { host: "127.0.0.2", port: canary.port });
    let asked = 0;
    const rebinding = createOutbound({
      allowPrivate: ["127.0.0.2/32"],
      resolve: async () => [{ address: asked++ % 2 === 0 ? "127.0.0.2" : "127.0.0.1", family: 4 }],
    });
    const outcomes: string[] = [];
    for (let i = 0; i < 200; i++) {
      const url = `http://rebinding.example:${canary.port}/`;
      outcomes.push(
        await rebinding.fetch(url).then(
          (r) => r.text(),
          (e) => e.code,
        ),
      );
    }
    await rebinding.close();
    expect(asked).toBe(200);
    expect(outcomes.filter((outcome) => outcome === "fine")).toHaveLength(100);
    expect(outcomes.filter((outcome) => outcome === "ADDRESS_NOT_ALLOWED")).toHaveLength(100);
    expect(allowed.hits).toHaveLength(100);
    expect(canary.hits).toEqual([]);
  });
});
