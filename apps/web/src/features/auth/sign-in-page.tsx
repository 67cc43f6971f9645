import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useT } from "../../lib/i18n.ts";
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
import { localPath } from "./local-path.ts";
import { MailboxNote } from "./mailbox-note.tsx";
import { EmailField } from "./password-fields.tsx";
import { authStrings } from "./strings.ts";

const OtherWays = lazy(() => import("./other-ways.tsx"));

export function SignInPage() {
  const t = useT(authStrings);
  const { email, next, error } = useSearch({ from: "/sign-in" });
  const router = useRouter();
  const { data: options } = useQuery(trpc.auth.options.queryOptions());
  const login = useMutation(trpc.auth.login.mutationOptions());
  const [mailedTo, setMailedTo] = useState<string | null>(null);

  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => {
      const found: AuthFailure = {};
      if (!isEmail(textValue(values, "email"))) found.email = t("error.email");
      if (passwordValue(values) === "") found.password = t("error.passwordMissing");
      return found;
    },
    async (values) => {
      const address = textValue(values, "email");
      const { status } = await login.mutateAsync({ email: address, password: passwordValue(values) });
      if (status === "verify-email") return setMailedTo(address);
      await renewSession();
      router.history.push(localPath(next)); // where a second factor is missing, the router asks for it first
    },
  );
  if (mailedTo !== null) return <MailboxNote email={mailedTo} />;

  return (
    <AuthFrame title={t("signIn.title")}>
      <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
        <FormFailure text={failure.whole ?? wordsOf(error, t)} />
        <EmailField value={email} error={failure.email} autoFocus={email === undefined} />
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
      <p className="mt-3 text-13">
        <Link to="/forgot-password" className="text-accent underline">
          {t("signIn.forgot")}
        </Link>
      </p>
      {options ? (
        <Suspense fallback={null}>
          <OtherWays options={options} next={localPath(next)} />
        </Suspense>
      ) : null}
      {options?.signUp === false ? null : (
        <p className="mt-5 text-13 text-ink-2">
          {t("signIn.other")}{" "}
          <Link to="/sign-up" className="font-medium text-accent underline">
            {t("signIn.otherAction")}
          </Link>
        </p>
      )}
    </AuthFrame>
  );
}

/** Why Google or GitHub sent the browser back without a session. */
function wordsOf(
  error: string | undefined,
  t: ReturnType<typeof useT<(typeof authStrings)["tables"]["en"]>>,
) {
  if (error === undefined) return undefined;
  return error === "account_not_linked" ? t("way.notLinked") : t("way.failed");
}
