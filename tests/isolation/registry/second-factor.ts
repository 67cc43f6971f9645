import { passkeys } from "../../../apps/server/src/modules/identity/auth/auth.tables.ts";
import { devices } from "../../../apps/server/src/modules/identity/devices/devices.tables.ts";
import { newId } from "../../../apps/server/src/platform/ids/index.ts";
import { type Capability, everyone, managers, ownPeople, signedIn } from "./capability.ts";

/** What somebody proves beside a password: codes, passkeys, a browser that is trusted. */
export const secondFactor: Capability = {
  // a browser makes these with its own hardware; here they are only there to be asked for
  async furnish({ server, owner, word }) {
    const system = server.services.db.system();
    const [passkey, device] = [newId(), newId()];
    const { userId } = owner;
    await system.insert(passkeys).values({
      id: passkey,
      userId,
      name: `Key ${word}`,
      publicKey: word,
      credentialID: crypto.randomUUID(),
      counter: 0,
      deviceType: "singleDevice",
      backedUp: false,
    });
    await system.insert(devices).values({
      id: device,
      userId,
      tokenHash: crypto.randomUUID(),
      name: `Firefox ${word}`,
      lastUsedAt: new Date(),
      trustedUntil: new Date("2100-01-01"),
    });
    return { passkey, device };
  },
  async remove({ owner, id }) {
    await owner.trpc.passkeys.delete.mutate({ id: id("passkey"), password: "correct horse" });
    await owner.trpc.enterpriseSecurity.revokeTrustedDevice.mutate({ id: id("device") });
  },
  ids: {
    "passkeys.id": "passkey",
    "passkeys.finishRegistration.response.id": "chosen", // the authenticator makes it
    "passkeys.finishRegistration.response.rawId": "chosen",
    "passkeys.finishSignIn.response.id": "chosen",
    "passkeys.finishSignIn.response.rawId": "chosen",
    "enterpriseSecurity.revokeTrustedDevice.id": "device",
  },
  personal: ["passkey", "device"],
  inputs: { "passkeys.delete": { password: "correct horse" } },
  callers: {
    "mfa.status": signedIn,
    "mfa.setup": signedIn,
    "mfa.verify": signedIn,
    "mfa.regenerateBackupCodes": ownPeople,
    "mfa.disable": ownPeople,
    "passkeys.*": ownPeople,
    "passkeys.startSignIn": everyone,
    "passkeys.finishSignIn": everyone,
    "enterpriseSecurity.listTrustedDevices": ownPeople,
    "enterpriseSecurity.trustDevice": ownPeople,
    "enterpriseSecurity.revokeTrustedDevice": ownPeople,
    "enterpriseSecurity.getMfaPolicy": managers,
    "enterpriseSecurity.setMfaPolicy": managers,
  },
};
