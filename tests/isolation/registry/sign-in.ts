import { type Capability, everyone, ownPeople, signedIn } from "./capability.ts";

/** Signing in and out, and the sessions of one's own. */
export const signIn: Capability = {
  async furnish({ owner }) {
    const { items } = await owner.trpc.auth.listSessions.query({});
    return { session: items[0]?.id ?? "" };
  },
  ids: { "auth.revokeSession.id": "session" },
  personal: ["session"],
  kept: ["session"],
  callers: {
    "auth.options": everyone,
    "auth.register": everyone,
    "auth.login": everyone,
    "auth.startSocial": everyone,
    "auth.verifyEmail": everyone,
    "auth.requestPasswordReset": everyone,
    "auth.resetPassword": everyone,
    "auth.logout": everyone,
    "auth.listSessions": [...ownPeople, "locked"],
    "auth.revokeSession": [...ownPeople, "locked"],
    "auth.revokeOtherSessions": [...ownPeople, "locked"],
    "auth.listTenants": signedIn,
    "auth.switchTenant": signedIn,
  },
};
