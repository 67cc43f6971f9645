import { useMutation } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { isEmail, textValue, useAuthForm } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { ssoStrings } from "./sso-strings.ts";
import { authStrings } from "./strings.ts";

/** Asks for the work address and sends the browser to the sign-in page of its company. */
export function SsoStep({
  email,
  next,
  refused,
}: {
  email?: string | undefined;
  /** A path of the console to come back to. */
  next: string;
  /** Why the last try signed nobody in: the code that the server sent the browser back with. */
  refused?: string | undefined;
}) {
  const t = useT(ssoStrings);
  const auth = useT(authStrings);
  const begin = useMutation(trpc.auth.ssoStart.mutationOptions());
  const { form, failure, pending, onSubmit } = useAuthForm(
    (values) => (isEmail(textValue(values, "email")) ? {} : { email: auth("error.email") }),
    async (values) => {
      const { url } = await begin.mutateAsync({ email: textValue(values, "email"), next });
      if (url !== null) window.location.assign(url);
    },
  );
  const leads = begin.data === undefined || begin.data.url !== null;
  const domain = begin.variables?.email.split("@").at(-1) ?? "";
  const words = useRefusalWords();

  return (
    <form ref={form} noValidate onSubmit={onSubmit} className="mt-5 flex flex-col gap-4">
      <FormFailure text={failure.whole ?? (begin.isIdle && refused ? words(refused) : undefined)} />
      <TextField
        label={t("email")}
        name="email"
        type="email"
        dir="ltr"
        autoComplete="username"
        defaultValue={email}
        autoFocus
        error={failure.email ?? (leads ? undefined : t("none", { domain }))}
      />
      <Button type="submit" variant="primary" pending={pending}>
        {t("action")}
      </Button>
    </form>
  );
}

const known = [
  "NOT_AVAILABLE",
  "PROVIDER_FAILED",
  "PROVIDER_REFUSED",
  "NOT_BEGUN_HERE",
  "NOT_TRUSTED",
  "NO_ADDRESS",
  "OTHER_DOMAIN",
  "ACCOUNT_NOT_CONFIRMED",
  "MEMBERSHIP_ENDED",
  "ACCOUNT_SUSPENDED",
  "WORKSPACE_SUSPENDED",
] as const;

/** Says what to do about a refusal; of one that is not known, that it was one. */
function useRefusalWords(): (code: string) => string {
  const t = useT(ssoStrings);
  return (code) => t(`refused.${known.find((each) => each === code) ?? "other"}`);
}
