import { useMutation } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { KeyRound, LogIn } from "lucide-react";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { renewSession } from "../../lib/session.ts";
import type { Outputs } from "../../lib/trpc.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { FormFailure } from "./form-failure.tsx";
import { authStrings } from "./strings.ts";
import { usePasskeySignIn } from "./use-passkey-sign-in.ts";

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
  const passkey = usePasskeySignIn(async () => {
    await renewSession();
    router.history.push(next);
  });
  const canPasskey = options.passkey && "PublicKeyCredential" in window;
  const providers = (["google", "github"] as const).filter((name) => options[name]);

  if (providers.length === 0 && !canPasskey && !options.sso) return null;
  return (
    <div className="mt-5 flex flex-col gap-2.5 border-t border-line pt-5">
      <FormFailure text={failed || passkey.failed ? t("way.failed") : undefined} />
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
        <Button onClick={() => void passkey.signIn()} pending={passkey.pending}>
          <KeyRound className="size-4" aria-hidden />
          {t("way.passkey")}
        </Button>
      ) : null}
      {options.sso ? (
        <Link to="/sso" search={{ next }} className={buttonClass()}>
          <LogIn className="flip-rtl size-4" aria-hidden />
          {t("way.sso")}
        </Link>
      ) : null}
    </div>
  );
}
