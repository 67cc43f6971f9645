import { type Capability, everyone, ownPeople } from "./capability.ts";

/** Signing in, and a person's own account. */
export const people: Capability = {
  inputs: { "user.changePassword": { currentPassword: "correct horse", newPassword: "another horse" } },
  callers: {
    "auth.getSession": everyone,
    "user.me": ownPeople,
    "user.updateProfile": ownPeople,
    "user.changePassword": ownPeople,
  },
};
