import { type Capability, everyone, ownPeople, platformAdmins, signedIn } from "./capability.ts";

/** How programs sign in. With wrong credentials everyone is refused alike: what the ids name does not matter. */
export const tokens: Capability = {
  callers: {
    "POST /v1/auth/login": everyone,
    "POST /v1/auth/refresh": everyone,
    "POST /api/auth/login": everyone,
    "POST /api/auth/register": everyone,
    "POST /v1/auth/logout": signedIn,
    "GET /v1/auth/me": ownPeople,
    "GET /api/auth/users": platformAdmins,
  },
};
