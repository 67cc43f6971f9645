import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { KeyRound, LogIn } from "lucide-react";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { renewSession } from "../../lib/session.ts";
import type { Outputs } from "../../lib/trpc.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { FormFailure } from "./form-failure.tsx";
import { authStrings } from "./strings.ts";

/** The ways in besides a password that this server offers. */
export default function OtherWays({ options, next }: { options: Outputs["auth"]["options"]; next: string }) {
  const t = useT(authStrings);
  const router = useRouter();
  const [failed, setFailed] = useState(false);
  const social = useMutation(
    trpc.auth.startSocial.mutationOptions({
      onSuccess: ({ url }) => window.location.assign(url),
      onError: () => setFailed(true),
    }),
  );
  const start = useMutation(trpc.passkeys.startSignIn.mutationOptions());
  const finish = useMutation(trpc.passkeys.finishSignIn.mutationOptions());
  const canPasskey = options.passkey && "PublicKeyCredential" in window;
  const providers = (["google", "github"] as const).filter((name) => options[name]);

  async function signInByPasskey() {
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
      await renewSession();
      router.history.push(next);
    } catch {
      setFailed(true);
    }
  }

  if (providers.length === 0 && !canPasskey && !options.sso) return null;
  return (
    <div className="mt-5 flex flex-col gap-2.5 border-t border-line pt-5">
      <FormFailure text={failed ? t("way.failed") : undefined} />
      {providers.map((provider) => (
        <Button
          key={provider}
          pending={social.isPending && social.variables.provider === provider}
          onClick={() => {
            setFailed(false);
            social.mutate({ provider, next });
          }}
        >
          {t(`way.${provider}`)}
        </Button>
      ))}
      {canPasskey ? (
        <Button onClick={() => void signInByPasskey()} pending={start.isPending || finish.isPending}>
          <KeyRound className="size-4" aria-hidden />
          {t("way.passkey")}
        </Button>
      ) : null}
      {options.sso ? (
        <a href={`/sso?next=${encodeURIComponent(next)}`} className={buttonClass()}>
          <LogIn className="flip-rtl size-4" aria-hidden />
          {t("way.sso")}
        </a>
      ) : null}
    </div>
  );
}
