import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { buttonClass } from "../../ui/button.tsx";
import { AuthFrame } from "./auth-frame.tsx";
import { linkStrings } from "./link-strings.ts";

/** Says how a link ended, with the one thing to do next. */
export function AfterLink({ title, text, to }: { title: string; text: string; to: "sign-in" | "new link" }) {
  const t = useT(linkStrings);
  return (
    <AuthFrame title={title} text={text}>
      <Link
        to={to === "sign-in" ? "/sign-in" : "/forgot-password"}
        className={`${buttonClass("primary")} mt-5 w-full`}
      >
        {t(to === "sign-in" ? "back.signIn" : "link.again")}
      </Link>
    </AuthFrame>
  );
}
