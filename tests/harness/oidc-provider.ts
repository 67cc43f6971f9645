import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** What the provider does otherwise than it should, for one sign-in. */
export interface OidcTwist {
  /** Claims that replace the right ones; undefined takes one away. */
  claims?: Record<string, unknown>;
  /** Signed by a key that the provider does not publish, by the client's secret, or by nobody. */
  signature?: "foreign key" | "shared secret" | "none";
  /** The status of the token endpoint's answer. */
  tokenStatus?: number;
  /** What the description of the provider says otherwise. */
  description?: Record<string, unknown>;
  /** The description is a redirect to there. */
  redirectTo?: string;
}

export interface OidcProvider {
  issuer: string;
  /** `host:port`, for `OUTBOUND_ALLOWED_HOSTS`. */
  host: string;
  client: { id: string; secret: string };
  /** Who is signed in at the provider. */
  person: Record<string, unknown>;
  twist: OidcTwist;
  /** Paths that were asked for, in order. */
  requests: string[];
  /** Follows an authorization request as a browser does: gives the address that it is sent back to. */
  approve(url: string): Promise<URL>;
  close(): Promise<void>;
}

/** An OpenID provider on a free port: code flow with PKCE, one client, everybody says yes. */
export async function startOidcProvider(): Promise<OidcProvider> {
  const keys = await generateKeyPair("RS256");
  const foreign = await generateKeyPair("RS256");
  const codes = new Map<string, { nonce: string; challenge: string; redirectUri: string }>();
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" };

  const idToken = async (nonce: string): Promise<string> => {
    const claims = { ...fake.person, nonce, iss: fake.issuer, aud: fake.client.id, ...fake.twist.claims };
    const token = new SignJWT(claims).setIssuedAt();
    if (!("exp" in claims)) token.setExpirationTime("5m");
    const { signature } = fake.twist;
    if (signature === "none") {
      const parts = [
        { alg: "none", kid: "one" },
        { ...claims, iat: now(), exp: now() + 300 },
      ];
      return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.`;
    }
    if (signature === "shared secret") {
      return token
        .setProtectedHeader({ alg: "HS256", kid: "one" })
        .sign(new TextEncoder().encode(fake.client.secret.padEnd(32, "x")));
    }
    const { privateKey } = signature === "foreign key" ? foreign : keys;
    return token.setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey);
  };

  const answer: Record<string, (url: URL, request: IncomingMessage, response: ServerResponse) => unknown> = {
    "/.well-known/openid-configuration": (_url, _request, response) => {
      const { redirectTo, description } = fake.twist;
      if (redirectTo) return response.writeHead(302, { location: redirectTo }).end();
      return json(response, 200, {
        issuer: fake.issuer,
        authorization_endpoint: `${fake.issuer}/authorize`,
        token_endpoint: `${fake.issuer}/token`,
        jwks_uri: `${fake.issuer}/keys`,
        ...description,
      });
    },
    "/authorize": ({ searchParams }, _request, response) => {
      const code = crypto.randomUUID();
      const redirectUri = searchParams.get("redirect_uri") ?? "";
      const nonce = searchParams.get("nonce") ?? "";
      codes.set(code, { nonce, challenge: searchParams.get("code_challenge") ?? "", redirectUri });
      const back = new URL(redirectUri);
      back.searchParams.set("code", code);
      back.searchParams.set("state", searchParams.get("state") ?? "");
      return response.writeHead(302, { location: back.href }).end();
    },
    "/token": async (_url, request, response) => {
      let text = "";
      for await (const part of request) text += part;
      const form = new URLSearchParams(text);
      const expected = [fake.client.id, fake.client.secret].map(encodeURIComponent).join(":");
      const shown = Buffer.from(request.headers.authorization?.replace("Basic ", "") ?? "", "base64");
      if (shown.toString() !== expected) return json(response, 401, { error: "invalid_client" });
      if (fake.twist.tokenStatus) return json(response, fake.twist.tokenStatus, { error: "server_error" });
      const code = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      if (code?.challenge !== challenge || code.redirectUri !== form.get("redirect_uri")) {
        return json(response, 400, { error: "invalid_grant" });
      }
      const id_token = await idToken(code.nonce);
      return json(response, 200, { id_token, access_token: "access", token_type: "Bearer" });
    },
    "/keys": (_url, _request, response) => json(response, 200, { keys: [jwk] }),
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", fake.issuer);
    fake.requests.push(url.pathname);
    const handle = answer[url.pathname];
    if (handle) void handle(url, request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake provider has no port.");
  const host = `127.0.0.1:${address.port}`;
  const fake: OidcProvider = {
    issuer: `http://${host}`,
    host,
    client: { id: "parlance", secret: "a secret: of the client" },
    person: {},
    twist: {},
    requests: [],
    async approve(url) {
      const response = await fetch(url, { redirect: "manual" });
      return new URL(response.headers.get("location") ?? "");
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
