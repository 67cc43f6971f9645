import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { renewSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import {
  type AuthFailure,
  AuthFrame,
  isEmail,
  passwordValue,
  textValue,
  useAuthForm,
} from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { MailboxNote } from "./mailbox-note.tsx";
import { EmailField, NewPasswordField, shortest } from "./password-fields.tsx";
import { authStrings } from "./strings.ts";

export function SignUpPage() {
  const t = useT(authStrings);
  const language = useLanguage();
  const { email } = useSearch({ from: "/sign-up" });
  const router = useRouter();
  const { data: options } = useQuery(trpc.auth.options.queryOptions());
  const register = useMutation(trpc.auth.register.mutationOptions());
  const [mailedTo, setMailedTo] = useState<string | null>(null);

  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => {
      const found: AuthFailure = {};
      const { length } = passwordValue(values);
      if (textValue(values, "name") === "") found.name = t("error.name");
      if (!isEmail(textValue(values, "email"))) found.email = t("error.email");
      if (length < shortest) found.password = t("error.passwordShort", { length });
      return found;
    },
    async (values) => {
      const address = textValue(values, "email");
      const { status } = await register.mutateAsync({
        name: textValue(values, "name"),
        email: address,
        password: passwordValue(values),
        language,
      });
      if (status === "verify-email") return setMailedTo(address);
      await renewSession();
      router.history.push("/bots");
    },
  );
  if (mailedTo !== null) return <MailboxNote email={mailedTo} />;

  const signIn = (
    <p className="mt-5 text-13 text-ink-2">
      {t("signUp.other")}{" "}
      <Link to="/sign-in" className="font-medium text-accent underline">
        {t("signUp.otherAction")}
      </Link>
    </p>
  );
  if (options?.signUp === false) {
    return (
      <AuthFrame title={t("signUp.title")} text={t("signUp.closed")}>
        {signIn}
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("signUp.title")} text={t("signUp.text")}>
      <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
        <FormFailure text={failure.whole} />
        <TextField
          label={t("name")}
          name="name"
          maxLength={100}
          autoComplete="name"
          autoFocus
          error={failure.name}
        />
        <EmailField value={email} error={failure.email} />
        <NewPasswordField error={failure.password} />
        <Button type="submit" variant="primary" pending={pending} className="mt-1">
          {t("signUp.action")}
        </Button>
      </form>
      {signIn}
    </AuthFrame>
  );
}
