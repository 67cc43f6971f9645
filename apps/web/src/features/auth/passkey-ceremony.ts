import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
} from "@simplewebauthn/browser";

/** Asks the browser for a passkey between the server's question and its answer. Rejects when the person turns away. */
export async function signInWithPasskey(
  start: () => Promise<PublicKeyCredentialRequestOptionsJSON>,
  finish: (response: AuthenticationResponseJSON) => Promise<unknown>,
): Promise<void> {
  const optionsJSON = await start();
  await finish(await startAuthentication({ optionsJSON }));
}
