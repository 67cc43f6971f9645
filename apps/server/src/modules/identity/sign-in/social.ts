import type { z } from "zod";
import { AppError } from "../../../platform/errors/index.ts";
import { authOf, signUpOf } from "../auth/auth-of.ts";
import type { Caller } from "./register.ts";
import type { optionsSchema, SocialProvider, startSocialSchema } from "./sign-in.schema.ts";

/** By which ways this server lets somebody in; for everyone, before they sign in. */
export async function signInOptions({
  services,
}: Pick<Caller, "services">): Promise<z.infer<typeof optionsSchema>> {
  const offered = await offeredProviders(services);
  return {
    signUp: signUpOf(services) === "open",
    mail: services.ports.mailer.canSend,
    google: offered.has("google"),
    github: offered.has("github"),
    passkey: true,
    sso: true,
  };
}

/**
 * Gives the address at Google or GitHub to which the browser goes next, and notes in a cookie and the database that it
 * was this browser: it comes back to `/api/auth/callback/…`, signed in, and is sent to `next`. Throws NOT_FOUND for a
 * provider that is not set up.
 */
export async function startSocialSignIn(
  { services, browser }: Caller,
  { provider, next = "/" }: z.output<typeof startSocialSchema>,
): Promise<{ url: string }> {
  if (!(await offeredProviders(services)).has(provider)) {
    throw new AppError("NOT_FOUND", "This way of signing in is not set up here.");
  }
  const failed = new URL("/sign-in", services.publicUrl);
  failed.searchParams.set("next", next);
  const { headers, response } = await authOf(services).api.signInSocial({
    headers: browser.headers,
    body: {
      provider,
      callbackURL: new URL(next, services.publicUrl).href,
      errorCallbackURL: failed.href,
      disableRedirect: true,
    },
    returnHeaders: true,
  });
  browser.setCookies(headers.getSetCookie());
  if (!response.url) throw new AppError("UNAVAILABLE", "The provider cannot be reached. Try again later.");
  return { url: response.url };
}

async function offeredProviders(services: Caller["services"]): Promise<Set<string>> {
  const { socialProviders } = await authOf(services).$context;
  return new Set(socialProviders.map((provider): SocialProvider | string => provider.id));
}
