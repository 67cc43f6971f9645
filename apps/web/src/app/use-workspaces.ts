import { useMutation, useQuery } from "@tanstack/react-query";
import { useT } from "../lib/i18n.ts";
import { useSession } from "../lib/session.ts";
import { trpc } from "../lib/trpc.ts";
import { explainError } from "../ui/explain-error.ts";
import { uiStrings } from "../ui/strings.ts";
import { toast } from "../ui/toast.tsx";
import { accountMenuStrings } from "./account-menu-strings.ts";

/** The person's other workspaces, and the way into one. */
export function useWorkspaces() {
  const t = useT(accountMenuStrings);
  const ui = useT(uiStrings);
  const { tenant } = useSession();
  const { data = [] } = useQuery(trpc.auth.listTenants.queryOptions());
  const { mutate: enter } = useMutation(
    trpc.auth.switchTenant.mutationOptions({
      // the whole console begins anew: nothing that it shows or keeps of one workspace may stay in another
      onSuccess: () => window.location.assign("/bots"),
      onError: (error) => toast.failed(t("switch.failed", { name: tenant.name }), explainError(error, ui)),
    }),
  );
  return {
    others: data.filter(({ isCurrent }) => !isCurrent),
    enter: (tenantId: string) => enter({ tenantId }),
  };
}
