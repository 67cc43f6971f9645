import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useT } from "../lib/i18n.ts";
import { renewSession } from "../lib/session.ts";
import { trpc } from "../lib/trpc.ts";
import { toast } from "../ui/toast.tsx";
import { accountMenuStrings } from "./account-menu-strings.ts";

/** Ends the session and returns to sign-in; a failure leaves everything as it was and says so. */
export function useSignOut(): () => Promise<void> {
  const t = useT(accountMenuStrings);
  const navigate = useNavigate();
  const { mutateAsync: logout } = useMutation(trpc.auth.logout.mutationOptions());
  return async () => {
    try {
      await logout();
      await renewSession();
      await navigate({ to: "/sign-in" });
    } catch {
      toast.failed(t("signOut.failed"), t("signOut.kept"));
    }
  };
}
