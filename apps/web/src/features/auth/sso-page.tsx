import { Link, useSearch } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { AuthFrame } from "./auth-frame.tsx";
import { localPath } from "./local-path.ts";
import { SsoStep } from "./sso-step.tsx";
import { ssoStrings } from "./sso-strings.ts";

/** Signing in at one's company; a sign-in that was refused comes back to here, with the reason. */
export function SsoPage() {
  const t = useT(ssoStrings);
  const { email, next, refused } = useSearch({ from: "/sso" });
  return (
    <AuthFrame title={t("title")} text={t("text")}>
      <SsoStep email={email} next={localPath(next)} refused={refused} />
      <p className="mt-5 text-13">
        <Link to="/sign-in" search={next ? { next } : {}} className="font-medium text-accent underline">
          {t("back")}
        </Link>
      </p>
    </AuthFrame>
  );
}
