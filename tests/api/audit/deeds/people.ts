import { and, eq, ne } from "drizzle-orm";
import { members } from "../../../../apps/server/src/modules/identity/identity.tables.ts";
import { createAuthenticator } from "../../../harness/authenticator.ts";
import { openBrowser, type TestBrowser } from "../../../harness/browser.ts";
import { colleague } from "../../../harness/scenarios.ts";
import { appCode, signUpWithApp } from "../../../harness/second-factor.ts";
import { password, postAuth } from "../../../harness/server.ts";
import { bearerOf, type Caller, type Deeds, type World } from "../deed.ts";

const member = async ({ server, owner }: World) => (await colleague(server, owner, "member")).userId;
const team = async ({ owner }: World) =>
  (await owner.trpc.teams.create.mutate({ name: `Team ${crypto.randomUUID()}` })).id;
const role = async ({ owner }: World) =>
  (
    await owner.trpc.enterpriseSecurity.createRole.mutate({
      name: `Role ${crypto.randomUUID()}`,
      rights: ["read bots"],
    })
  ).id;
const email = () => `${crypto.randomUUID()}@example.test`;
const invitation = async ({ owner }: World) =>
  (await owner.trpc.users.invite.mutate({ emails: [email()] })).invitations[0]?.id;
const key = async ({ owner }: World) => (await owner.trpc.apiKeys.create.mutate({ name: "Site" })).id;

/** Its issuer is public and a number: nobody is asked, no name looked up. */
const connection = {
  template: "oidc",
  domain: "corp.example",
  oidc: { issuer: "https://192.0.1.1", clientId: "client", clientSecret: "secret" },
} as const;

/** Somebody who is not in any other workspace. */
async function ownMember(world: World): Promise<string> {
  const userId = await member(world);
  await world.server.services.db
    .system()
    .delete(members)
    .where(and(eq(members.userId, userId), ne(members.organizationId, world.owner.tenantId)));
  return userId;
}

/** Somebody who has turned two-step verification on. */
async function withApp({ server }: World): Promise<Caller & { browser: TestBrowser }> {
  const { browser, userId } = await signUpWithApp(server);
  return { browser, headers: browser.headers(), actorId: userId };
}

/** Somebody in a browser, with what it answers when a passkey is to be made. */
async function newPasskey({ server }: World) {
  const browser = openBrowser(server);
  await browser.trpc.auth.register.mutate({ name: "Ada", email: email(), password });
  const session = await browser.trpc.auth.getSession.query();
  const { challenge } = await browser.trpc.passkeys.startRegistration.mutate({ password });
  const response = createAuthenticator(server.url).register(challenge);
  return { browser, actorId: session?.user.id ?? null, response };
}

async function addedPasskey(world: World) {
  const { browser, actorId, response } = await newPasskey(world);
  const { id } = await browser.trpc.passkeys.finishRegistration.mutate({ response });
  return { id, as: { headers: browser.headers(), actorId } };
}

/** Somebody who is signed in twice, and the session that is not this one. */
async function signedInTwice({ server, stranger }: World) {
  const as = await stranger();
  await postAuth(server.url, "login", { email: as.email, password });
  const { items } = await as.trpc.auth.listSessions.query({});
  return { as, other: items.find(({ isCurrent }) => !isCurrent)?.id };
}

/** Members, their roles and teams, keys, and each person's own account. */
export const people: Deeds = {
  "users.update": async (world) => ({ input: { userId: await member(world), skills: ["tea"] } }),
  "users.updateRole": async (world) => ({ input: { userId: await member(world), role: "agent" } }),
  "users.deactivate": async (world) => ({ input: { userId: await member(world) } }),
  "users.reactivate": async (world) => {
    const userId = await member(world);
    await world.owner.trpc.users.deactivate.mutate({ userId });
    return { input: { userId } };
  },
  "users.removeSecondFactor": async (world) => {
    const { userId } = await signUpWithApp(world.server);
    await world.server.services.db
      .system()
      .update(members)
      .set({ organizationId: world.owner.tenantId, role: "member" })
      .where(eq(members.userId, userId));
    return { input: { userId } };
  },
  "users.createResetLink": async (world) => ({ input: { userId: await ownMember(world) } }),
  "users.invite": () => ({ input: { emails: [email()] } }),
  "users.resendInvitation": async (world) => ({ input: { invitationId: await invitation(world) } }),
  "users.revokeInvitation": async (world) => ({ input: { invitationId: await invitation(world) } }),
  "teams.create": () => ({ input: { name: "Night" } }),
  "teams.update": async (world) => ({ input: { teamId: await team(world), name: crypto.randomUUID() } }),
  "teams.delete": async (world) => ({ input: { teamId: await team(world) } }),
  "teams.addMember": async (world) => ({ input: { teamId: await team(world), userId: await member(world) } }),
  "teams.removeMember": async (world) => {
    const input = { teamId: await team(world), userId: await member(world) };
    await world.owner.trpc.teams.addMember.mutate(input);
    return { input };
  },
  "enterpriseSecurity.createRole": () => ({ input: { name: "Reader", rights: ["read bots"] } }),
  "enterpriseSecurity.updateRole": async (world) => ({
    input: { roleId: await role(world), rights: ["read bots", "ask bots"] },
  }),
  "enterpriseSecurity.deleteRole": async (world) => ({ input: { roleId: await role(world) } }),
  "enterpriseSecurity.setMfaPolicy": async (world) => ({
    input: { requireMfa: true },
    as: await withApp(world),
  }),
  "enterpriseSecurity.setSsoConfig": async ({ stranger }) => ({ input: connection, as: await stranger() }),
  "enterpriseSecurity.removeSsoConfig": async ({ stranger }) => {
    const as = await stranger();
    await as.trpc.enterpriseSecurity.setSsoConfig.mutate(connection);
    return { as };
  },
  "apiKeys.create": () => ({ input: { name: "Nightly" } }),
  "apiKeys.rotate": async (world) => ({ input: { id: await key(world) } }),
  "apiKeys.revoke": async (world) => ({ input: { id: await key(world) } }),

  "user.updateProfile": () => ({ input: { name: "Another Name" } }),
  "user.changePassword": async ({ stranger }) => ({
    input: { currentPassword: password, newPassword: "wrong horse, better battery" },
    as: await stranger(),
  }),
  "auth.register": ({ nobody }) => ({
    input: { name: "New", email: email(), password: "correct horse" },
    as: nobody,
  }),
  "POST /api/auth/register": ({ nobody }) => ({
    input: { name: "New", email: email(), password: "correct horse" },
    as: nobody,
  }),
  "auth.verifyEmail": async ({ server, mailed, nobody }) => {
    const token = await mailed(async () => {
      const input = { name: "New", email: email(), password };
      await server.guest.auth.register.mutate(input);
      return input;
    });
    return { input: { token }, as: nobody };
  },
  "auth.resetPassword": async ({ server, mailed, stranger, nobody }) => {
    const { email } = await stranger();
    const token = await mailed(async () => {
      await server.guest.auth.requestPasswordReset.mutate({ email });
      return { email };
    });
    return { input: { token, password: "battery staple" }, as: nobody };
  },
  "passkeys.finishRegistration": async (world) => {
    const { browser, actorId, response } = await newPasskey(world);
    return { input: { name: "Laptop", response }, as: { headers: browser.headers(), actorId } };
  },
  "passkeys.rename": async (world) => {
    const { id, as } = await addedPasskey(world);
    return { input: { id, name: "Work laptop" }, as };
  },
  "passkeys.delete": async (world) => {
    const { id, as } = await addedPasskey(world);
    return { input: { id, password }, as };
  },
  "enterpriseSecurity.trustDevice": async (world) => ({
    input: { name: "Laptop" },
    as: await withApp(world),
  }),
  "enterpriseSecurity.revokeTrustedDevice": async (world) => {
    const as = await withApp(world);
    await as.browser.trpc.enterpriseSecurity.trustDevice.mutate({ name: "Laptop" });
    const { items } = await as.browser.trpc.enterpriseSecurity.listTrustedDevices.query();
    return { input: { id: items[0]?.id }, as: { headers: as.browser.headers(), actorId: as.actorId } };
  },
  "auth.revokeSession": async (world) => {
    const { as, other } = await signedInTwice(world);
    return { input: { id: other }, as };
  },
  "auth.revokeOtherSessions": async (world) => ({ as: (await signedInTwice(world)).as }),
  "auth.switchTenant": async ({ stranger }) => {
    const as = await stranger();
    return { input: { tenantId: (await as.trpc.tenant.create.mutate({ name: "Second" })).id }, as };
  },
  "mfa.regenerateBackupCodes": async (world) => ({ input: { password }, as: await withApp(world) }),
  "mfa.disable": async (world) => ({ input: { password }, as: await withApp(world) }),
  "auth.logout": async ({ stranger }) => ({ as: await stranger() }),
  "mfa.setup": async ({ stranger }) => ({ input: { password }, as: await stranger() }),
  "mfa.verify": async ({ server, stranger }) => {
    const as = await stranger();
    const { secret } = await as.trpc.mfa.setup.mutate({ password });
    return { input: { code: appCode(server, secret) }, as };
  },

  "POST /v1/users": ({ bearer }) => ({ input: { email: email() }, as: bearer }),
  "PATCH /v1/users/{id}": async (world) => ({
    params: { id: await member(world) },
    input: { skills: ["coffee"] },
    as: world.bearer,
  }),
  "DELETE /v1/users/{id}": async (world) => ({ params: { id: await member(world) }, as: world.bearer }),
  "PATCH /v1/users/{id}/skills": async (world) => ({
    params: { id: await member(world) },
    input: { skills: ["milk"] },
    as: world.bearer,
  }),
  "PATCH /v1/users/{id}/password": async (world) => ({
    params: { id: await ownMember(world) },
    input: { password: "battery staple" },
    as: world.bearer,
  }),
  "POST /v1/auth/logout": async ({ server, stranger }) => {
    const { email, userId } = await stranger();
    const as = { headers: await bearerOf(server.url, email), actorId: userId };
    return { as };
  },
  "POST /v1/teams": ({ bearer }) => ({ input: { name: "Day" }, as: bearer }),
  "PATCH /v1/teams/{id}": async (world) => ({
    params: { id: await team(world) },
    input: { name: crypto.randomUUID() },
    as: world.bearer,
  }),
  "DELETE /v1/teams/{id}": async (world) => ({ params: { id: await team(world) }, as: world.bearer }),
};
