import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useT } from "../lib/i18n.ts";
import { renewSession, useSession } from "../lib/session.ts";
import { trpc } from "../lib/trpc.ts";
import { explainError } from "../ui/explain-error.ts";
import { uiStrings } from "../ui/strings.ts";
import { toast } from "../ui/toast.tsx";
import { accountMenuStrings } from "./account-menu-strings.ts";

/** The person's other workspaces, and the way into one: the console begins anew there, on its first page. */
export function useWorkspaces() {
  const t = useT(accountMenuStrings);
  const ui = useT(uiStrings);
  const { tenant } = useSession();
  const router = useRouter();
  const { data = [] } = useQuery(trpc.auth.listTenants.queryOptions());
  const { mutateAsync } = useMutation(trpc.auth.switchTenant.mutationOptions());

  async function enter(tenantId: string) {
    try {
      await mutateAsync({ tenantId });
      await renewSession();
      await router.navigate({ to: "/bots" });
      await router.invalidate();
    } catch (error) {
      toast.failed(t("switch.failed", { name: tenant.name }), explainError(error, ui));
    }
  }
  return { others: data.filter(({ isCurrent }) => !isCurrent), enter };
}
