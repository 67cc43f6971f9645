import { useMutation } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { errorCodeOf, trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { AfterLink } from "./after-link.tsx";
import { AuthFrame, explainAuth } from "./auth-frame.tsx";
import { FormFailure } from "./form-failure.tsx";
import { linkStrings } from "./link-strings.ts";
import { useLinkToken } from "./link-token.ts";
import { authStrings } from "./strings.ts";

/** A press of a button confirms, not the visit: programs that look into mails open links too. */
export function VerifyEmailPage() {
  const t = useT(linkStrings);
  const auth = useT(authStrings);
  const token = useLinkToken();
  const verify = useMutation(trpc.auth.verifyEmail.mutationOptions());
  if (verify.isSuccess)
    return <AfterLink title={t("verify.done")} text={t("verify.doneText")} to="sign-in" />;
  if (token === "" || errorCodeOf(verify.error) === "NOT_FOUND")
    // signing in with the password sends another link
    return <AfterLink title={t("link.dead")} text={t("link.deadText")} to="sign-in" />;
  return (
    <AuthFrame title={t("verify.title")} text={t("verify.text")}>
      <div className="mt-5 flex flex-col gap-4">
        <FormFailure text={verify.isError ? explainAuth(verify.error, auth).whole : undefined} />
        <Button variant="primary" pending={verify.isPending} onClick={() => verify.mutate({ token })}>
          {t("verify.action")}
        </Button>
      </div>
    </AuthFrame>
  );
}
