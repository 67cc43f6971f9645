import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { AuthFrame, isEmail, textValue, useAuthForm } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { linkStrings } from "./link-strings.ts";
import { MailboxNote } from "./mailbox-note.tsx";
import { EmailField } from "./password-fields.tsx";
import { authStrings } from "./strings.ts";

export function ForgotPasswordPage() {
  const t = useT(linkStrings);
  const auth = useT(authStrings);
  const language = useLanguage();
  const { data: options } = useQuery(trpc.auth.options.queryOptions());
  const ask = useMutation(trpc.auth.requestPasswordReset.mutationOptions());
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => (isEmail(textValue(values, "email")) ? {} : { email: auth("error.email") }),
    async (values) => {
      const email = textValue(values, "email");
      await ask.mutateAsync({ email, language });
      setMailedTo(email);
    },
  );
  if (mailedTo !== null) {
    return <MailboxNote email={mailedTo} text={t("forgot.mailed", { email: mailedTo })} />;
  }

  const canMail = options?.mail !== false;
  return (
    <AuthFrame title={t("forgot.title")} text={canMail ? t("forgot.text") : t("forgot.noMail")}>
      {canMail ? (
        <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
          <FormFailure text={failure.whole} />
          <EmailField error={failure.email} autoFocus />
          <Button type="submit" variant="primary" pending={pending}>
            {t("forgot.action")}
          </Button>
        </form>
      ) : null}
      <p className="mt-5 text-13">
        <Link to="/sign-in" className="font-medium text-accent underline">
          {t("back.signIn")}
        </Link>
      </p>
    </AuthFrame>
  );
}
