import { useMutation } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useSignOut } from "../../app/use-sign-out.ts";
import { useT } from "../../lib/i18n.ts";
import { renewSession } from "../../lib/session.ts";
import { errorCodeOf, trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { AuthFrame, textValue, useAuthForm } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { localPath } from "./local-path.ts";
import { secondFactorStrings } from "./second-factor-strings.ts";

/** What a session still lacks before anything else may be done in it. */
export function SecondFactorPage() {
  const t = useT(secondFactorStrings);
  const { next } = useSearch({ from: "/second-factor" });
  const router = useRouter();
  const signOut = useSignOut();
  const verify = useMutation(trpc.mfa.verify.mutationOptions());
  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => (textValue(values, "code").length < 6 ? { whole: t("code.missing") } : {}),
    async (values) => {
      await verify.mutateAsync({
        code: textValue(values, "code"),
        trustDevice: values.get("trust") !== null,
      });
      await renewSession();
      router.history.push(localPath(next));
    },
  );
  const isWrong = errorCodeOf(verify.error) === "VALIDATION_ERROR";
  return (
    <AuthFrame title={t("title")} text={t("text")}>
      <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
        <FormFailure text={isWrong ? undefined : failure.whole} />
        <TextField
          label={t("code")}
          name="code"
          dir="ltr"
          inputMode="text"
          autoComplete="one-time-code"
          maxLength={40}
          autoFocus
          hint={t("code.hint")}
          error={isWrong ? t("code.wrong") : undefined}
        />
        <label className="flex items-center gap-2 text-13 text-ink-2">
          <input type="checkbox" name="trust" />
          {t("trust")}
        </label>
        <Button type="submit" variant="primary" pending={pending}>
          {t("action")}
        </Button>
        <Button variant="ghost" onClick={() => void signOut()}>
          {t("signOut")}
        </Button>
      </form>
    </AuthFrame>
  );
}
