import { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { redirectUri } from "../addresses.ts";
import { openSecret } from "../client-secret.ts";
import { type ConnectionRow, getConnection } from "../connections.queries.ts";
import { fetchJson } from "../fetch-document.ts";
import { discover, type Provider } from "../oidc/discovery.ts";
import { askForTokens } from "../oidc/redeem-code.ts";
import type { SsoTest } from "../sso.schema.ts";
import { describeCertificate } from "./describe.ts";
import { explained } from "./given-provider.ts";

type Check = SsoTest["checks"][number];

/** Goes to the provider and says precisely what of the set-up works and what does not, as far as that goes alone. */
export async function testSsoConfig(ctx: Ctx): Promise<SsoTest> {
  assertCan(ctx.actor, "manage sign-in");
  const row = await inTx(ctx, (ctx) => getConnection(ctx));
  const checks = row.protocol === "oidc" ? await testOidc(ctx, row) : testSaml(ctx, row);
  return { ok: checks.every((check) => check.ok), checks };
}

async function testOidc(ctx: Ctx, row: ConnectionRow): Promise<Check[]> {
  let provider: Provider;
  try {
    provider = await explained("issuer", discover(ctx.outbound, row.issuer));
  } catch (error) {
    return [failed("issuer", error)];
  }
  return [
    good("issuer"),
    await attempt("keys", () => testKeys(ctx, provider)),
    await attempt("secret", () => testSecret(ctx, row, provider)),
  ];
}

async function testKeys(ctx: Ctx, provider: Provider): Promise<string | null> {
  const { status, json } = await fetchJson(ctx.outbound, provider.keysUrl);
  const keys = z.object({ keys: z.array(z.unknown()).min(1) }).safeParse(json);
  if (status === 200 && keys.success) return null;
  return `${provider.keysUrl} answered with status ${status} and no keys: its tokens cannot be verified.`;
}

/** A code that nobody gave: a provider that knows us complains of the code, one that does not of the client. */
async function testSecret(ctx: Ctx, row: ConnectionRow, provider: Provider): Promise<string | null> {
  const clientSecret = openSecret(ctx, row);
  if (clientSecret === null) return "The kept client secret cannot be read any more. Enter it again.";
  const client = { clientId: row.clientId ?? "", clientSecret, redirectUri: redirectUri(ctx) };
  const grant = { code: "a-test-of-the-set-up", verifier: "a-test-of-the-set-up".repeat(3) };
  const { status, json } = await askForTokens(ctx.outbound, provider, client, grant);
  const parsed = z.object({ error: z.string() }).safeParse(json);
  const code = parsed.success ? parsed.data.error : "";
  if (status === 401 || code === "invalid_client" || code === "unauthorized_client") {
    return "The provider does not accept the client id with this secret. Copy both anew; a secret may also have expired.";
  }
  if (code === "redirect_uri_mismatch") {
    return `The provider does not know our redirect URI. Add it there: ${client.redirectUri}`;
  }
  if (code === "invalid_grant" || code === "invalid_request") return null;
  return `The provider's token endpoint answered with status ${status}${code ? ` (${code.slice(0, 100)})` : ""}, which tells nothing of the secret.`;
}

function testSaml(ctx: Ctx, row: ConnectionRow): Check[] {
  const usable = row.certificates.map((base64) => describeCertificate(base64, ctx.now()));
  const isUsable = usable.some(({ expired }) => !expired);
  const isPage = row.entryPoint !== null && URL.canParse(row.entryPoint);
  return [
    isPage ? good("entryPoint") : { check: "entryPoint", ok: false, message: "The sign-in page is missing." },
    isUsable
      ? good("certificates")
      : {
          check: "certificates",
          ok: false,
          message: "Every certificate has expired. Take the present one from your provider.",
        },
  ];
}

async function attempt(check: Check["check"], work: () => Promise<string | null>): Promise<Check> {
  try {
    const message = await explained(check === "keys" ? "keys" : "token endpoint", work());
    return { check, ok: message === null, message };
  } catch (error) {
    return failed(check, error);
  }
}

function good(check: Check["check"]): Check {
  return { check, ok: true, message: null };
}

/** What the guarded `fetch` says names nothing of our own network. */
function failed(check: Check["check"], error: unknown): Check {
  if (!isAppError(error)) throw error;
  return { check, ok: false, message: error.message };
}
