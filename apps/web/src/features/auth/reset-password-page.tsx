import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { renewSession } from "../../lib/session.ts";
import { errorCodeOf, trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { AfterLink } from "./after-link.tsx";
import { AuthFrame, passwordValue, useAuthForm } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { linkStrings } from "./link-strings.ts";
import { useLinkToken } from "./link-token.ts";
import { NewPasswordField, shortest } from "./password-fields.tsx";
import { authStrings } from "./strings.ts";

export function ResetPasswordPage() {
  const t = useT(linkStrings);
  const auth = useT(authStrings);
  const token = useLinkToken();
  const reset = useMutation(trpc.auth.resetPassword.mutationOptions());
  const [end, setEnd] = useState<"done" | "dead" | null>(token === "" ? "dead" : null);
  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => {
      const { length } = passwordValue(values);
      return length < shortest ? { password: auth("error.passwordShort", { length }) } : {};
    },
    async (values) => {
      try {
        await reset.mutateAsync({ token, password: passwordValue(values) });
        await renewSession(); // whoever was signed in here is not any more
        setEnd("done");
      } catch (error) {
        if (errorCodeOf(error) !== "NOT_FOUND") throw error;
        setEnd("dead");
      }
    },
  );
  if (end === "done") return <AfterLink title={t("reset.done")} text={t("reset.doneText")} to="sign-in" />;
  if (end === "dead") return <AfterLink title={t("link.dead")} text={t("link.deadText")} to="new link" />;
  return (
    <AuthFrame title={t("reset.title")} text={t("reset.text")}>
      <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
        <FormFailure text={failure.whole} />
        <NewPasswordField error={failure.password} autoFocus />
        <Button type="submit" variant="primary" pending={pending}>
          {t("reset.action")}
        </Button>
      </form>
    </AuthFrame>
  );
}
