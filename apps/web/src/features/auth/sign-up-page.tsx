import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { postAuth, renewSession } from "../../lib/session.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { type AuthFailure, AuthFrame, isEmail, textValue, useAuthForm } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { authStrings } from "./strings.ts";

const shortest = 8;

export function SignUpPage() {
  const t = useT(authStrings);
  const { email } = useSearch({ from: "/sign-up" });
  const router = useRouter();

  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => {
      const found: AuthFailure = {};
      const { length } = String(values.get("password"));
      if (textValue(values, "name") === "") found.name = t("error.name");
      if (!isEmail(textValue(values, "email"))) found.email = t("error.email");
      if (length < shortest) found.password = t("error.passwordShort", { length });
      return found;
    },
    async (values) => {
      await postAuth("sign-up/email", {
        name: textValue(values, "name"),
        email: textValue(values, "email"),
        password: String(values.get("password")),
      });
      await renewSession();
      router.history.push("/bots");
    },
  );

  return (
    <AuthFrame title={t("signUp.title")} text={t("signUp.text")}>
      <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
        <FormFailure text={failure.whole} />
        <TextField label={t("name")} name="name" autoComplete="name" autoFocus error={failure.name} />
        <TextField
          label={t("email")}
          name="email"
          type="email"
          dir="ltr"
          autoComplete="username"
          defaultValue={email}
          error={failure.email}
        />
        <TextField
          label={t("password")}
          name="password"
          type="password"
          dir="ltr"
          autoComplete="new-password"
          hint={t("password.hint")}
          error={failure.password}
        />
        <Button type="submit" variant="primary" pending={pending} className="mt-1">
          {t("signUp.action")}
        </Button>
      </form>
      <p className="mt-5 text-13 text-ink-2">
        {t("signUp.other")}{" "}
        <Link to="/sign-in" className="font-medium text-accent underline">
          {t("signUp.otherAction")}
        </Link>
      </p>
    </AuthFrame>
  );
}
