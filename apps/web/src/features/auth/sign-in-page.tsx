import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { postAuth, renewSession } from "../../lib/session.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type AuthFailure, AuthFrame, isEmail, textValue, useAuthForm } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { localPath } from "./local-path.ts";
import { authStrings } from "./strings.ts";

export function SignInPage() {
  const t = useT(authStrings);
  const { email, next } = useSearch({ from: "/sign-in" });
  const router = useRouter();

  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => {
      const found: AuthFailure = {};
      if (!isEmail(textValue(values, "email"))) found.email = t("error.email");
      if (textValue(values, "password") === "") found.password = t("error.passwordMissing");
      return found;
    },
    async (values) => {
      await postAuth("sign-in/email", {
        email: textValue(values, "email"),
        password: String(values.get("password")),
      });
      await renewSession();
      router.history.push(localPath(next));
    },
  );

  return (
    <AuthFrame title={t("signIn.title")}>
      <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
        <FormFailure text={failure.whole} />
        <TextField
          label={t("email")}
          name="email"
          type="email"
          dir="ltr"
          autoComplete="username"
          defaultValue={email}
          autoFocus={email === undefined}
          error={failure.email}
        />
        <TextField
          label={t("password")}
          name="password"
          type="password"
          dir="ltr"
          autoComplete="current-password"
          autoFocus={email !== undefined}
          error={failure.password}
        />
        <Button type="submit" variant="primary" pending={pending} className="mt-1">
          {t("signIn.action")}
        </Button>
      </form>
      <p className="mt-5 text-13 text-ink-2">
        {t("signIn.other")}{" "}
        <Link to="/sign-up" className="font-medium text-accent underline">
          {t("signIn.otherAction")}
        </Link>
      </p>
    </AuthFrame>
  );
}
