import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, TextField, uiStrings } from "../../ui/index.ts";
import { explainCode } from "../second-factor/explain-factor.ts";
import { factorStrings } from "../second-factor/strings.ts";
import { FormFailure } from "./form-failure.tsx";
import { secondFactorStrings } from "./second-factor-strings.ts";
import { usePasskeySignIn } from "./use-passkey-sign-in.ts";

/** Asks for a code of the app, or a backup code; or for a passkey, which is both steps in one. */
export function SecondFactorForm({
  hasPasskeys,
  onShown,
}: {
  hasPasskeys: boolean;
  onShown: () => Promise<unknown>;
}) {
  const t = useT(secondFactorStrings);
  const factor = useT(factorStrings);
  const ui = useT(uiStrings);
  const [missing, setMissing] = useState(false);
  const verify = useMutation(trpc.mfa.verify.mutationOptions({ onSuccess: onShown }));
  const passkey = usePasskeySignIn(onShown);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const code = String(values.get("code")).trim();
    setMissing(code.length < 6);
    if (code.length < 6 || verify.isPending) return;
    verify.mutate({ code, trustDevice: values.get("trust") !== null });
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t("code")}
        name="code"
        dir="ltr"
        autoComplete="one-time-code"
        maxLength={40}
        autoFocus
        hint={t("code.hint")}
        error={
          missing ? t("code.missing") : verify.isError ? explainCode(verify.error, factor, ui) : undefined
        }
      />
      <label className="flex items-center gap-2 text-13 text-ink-2">
        <input type="checkbox" name="trust" />
        {t("trust")}
      </label>
      <Button type="submit" variant="primary" pending={verify.isPending}>
        {t("action")}
      </Button>
      {hasPasskeys && "PublicKeyCredential" in window ? (
        <>
          <FormFailure text={passkey.failed ? t("passkey.failed") : undefined} />
          <Button onClick={() => void passkey.signIn()} pending={passkey.pending}>
            {t("passkey")}
          </Button>
        </>
      ) : null}
    </form>
  );
}
