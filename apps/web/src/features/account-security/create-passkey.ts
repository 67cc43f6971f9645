import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from "@simplewebauthn/browser";
import type { Inputs } from "../../lib/trpc.ts";

type Answer = Inputs["passkeys"]["finishRegistration"]["response"];

/** Has the browser make a passkey; null where the person turned away, or has one there already. */
export async function createPasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<Answer | null> {
  try {
    const { response, clientExtensionResults, ...credential } = await startRegistration({ optionsJSON });
    return {
      ...credential,
      response: { ...response },
      clientExtensionResults: { ...clientExtensionResults },
    };
  } catch (error) {
    const isRefusal =
      error instanceof Error && ["NotAllowedError", "AbortError", "InvalidStateError"].includes(error.name);
    if (isRefusal) return null;
    throw error;
  }
}
