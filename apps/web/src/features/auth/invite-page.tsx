import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { useRoleName } from "../../lib/role-name.ts";
import { renewSession, sessionQuery } from "../../lib/session.ts";
import { errorCodeOf, trpc } from "../../lib/trpc.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { AfterLink } from "./after-link.tsx";
import { type AuthFailure, AuthFrame, passwordValue, textValue, useAuthForm } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { linkStrings } from "./link-strings.ts";
import { NewPasswordField, shortest } from "./password-fields.tsx";
import { authStrings } from "./strings.ts";

/** Where an invitation's link leads: a new colleague chooses a password, a known one signs in and joins. */
export function InvitePage() {
  const t = useT(linkStrings);
  const auth = useT(authStrings);
  const roleName = useRoleName();
  const { token = "" } = useSearch({ from: "/invite" });
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const { data: invitation, error } = useQuery(
    trpc.auth.invitation.queryOptions({ token }, { enabled: token !== "" }),
  );
  const accept = useMutation(trpc.auth.acceptInvitation.mutationOptions());

  const isNew = invitation?.hasAccount === false;
  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => {
      if (!isNew) return {};
      const found: AuthFailure = {};
      const { length } = passwordValue(values);
      if (textValue(values, "name") === "") found.name = auth("error.name");
      if (length < shortest) found.password = auth("error.passwordShort", { length });
      return found;
    },
    async (values) => {
      const chosen = isNew ? { name: textValue(values, "name"), password: passwordValue(values) } : {};
      await accept.mutateAsync({ token, ...chosen });
      await renewSession();
      router.history.push("/bots");
    },
  );

  if (token === "" || errorCodeOf(error) === "NOT_FOUND" || errorCodeOf(error) === "VALIDATION_ERROR")
    return <AfterLink title={t("invite.dead")} text={t("invite.deadText")} to="sign-in" />;
  if (!invitation || session === undefined) return null;

  const { email, tenant, inviter } = invitation;
  const here = `/invite?token=${encodeURIComponent(token)}`;
  const isTheirs = session?.user.email === email;
  return (
    <AuthFrame
      title={t("invite.title", { tenant: tenant.name })}
      text={t("invite.text", { inviter: inviter.name, role: roleName(invitation) })}
    >
      {isNew || isTheirs ? (
        <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
          <FormFailure text={failure.whole} />
          {isNew ? (
            <>
              <p className="text-13 text-ink-2">{t("invite.new", { email })}</p>
              <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
              <TextField
                label={auth("name")}
                name="name"
                maxLength={100}
                autoComplete="name"
                defaultValue={invitation.name ?? undefined}
                autoFocus
                error={failure.name}
              />
              <NewPasswordField error={failure.password} />
            </>
          ) : null}
          <Button type="submit" variant="primary" pending={pending}>
            {t("invite.action")}
          </Button>
        </form>
      ) : (
        <div className="mt-5 flex flex-col gap-4">
          <p className="text-14 text-ink-2">
            {session
              ? t("invite.other", { current: session.user.email, email })
              : t("invite.signIn", { email })}
          </p>
          <Link to="/sign-in" search={{ email, next: here }} className={buttonClass("primary")}>
            {session ? t("invite.switch") : t("back.signIn")}
          </Link>
        </div>
      )}
    </AuthFrame>
  );
}
