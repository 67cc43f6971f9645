import { type Capability, everyone, members } from "./capability.ts";

/** Signing in, and a person's own account. */
export const people: Capability = {
  callers: {
    "auth.getSession": everyone,
    "user.me": members,
    "user.updateProfile": members,
    "user.changePassword": members,
  },
};
