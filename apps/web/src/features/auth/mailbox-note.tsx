import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { AuthFrame } from "./auth-frame.tsx";
import { authStrings } from "./strings.ts";

/** What comes next is in a mail: the same for an address that has an account and for one that has none. */
export function MailboxNote({ email, text }: { email: string; text?: string }) {
  const t = useT(authStrings);
  return (
    <AuthFrame title={t("mailbox.title")} text={text ?? t("mailbox.text", { email })}>
      <p className="mt-5 text-13">
        <Link to="/sign-in" search={{ email }} className="font-medium text-accent underline">
          {t("signUp.otherAction")}
        </Link>
      </p>
    </AuthFrame>
  );
}
