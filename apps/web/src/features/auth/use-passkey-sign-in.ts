import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../lib/trpc.ts";

/** Signs in by a passkey; `failed` once the person turned away or it was not accepted. */
export function usePasskeySignIn(onSignedIn: () => Promise<unknown>) {
  const [failed, setFailed] = useState(false);
  const start = useMutation(trpc.passkeys.startSignIn.mutationOptions());
  const finish = useMutation(trpc.passkeys.finishSignIn.mutationOptions());

  async function signIn() {
    setFailed(false);
    try {
      const { signInWithPasskey } = await import("./passkey-ceremony.ts");
      await signInWithPasskey(
        () => start.mutateAsync(),
        (response) =>
          finish.mutateAsync({
            response: {
              ...response,
              response: { ...response.response },
              clientExtensionResults: { ...response.clientExtensionResults },
            },
          }),
      );
      await onSignedIn();
    } catch {
      setFailed(true);
    }
  }
  return { signIn, failed, pending: start.isPending || finish.isPending };
}
