import { useMutation } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, explainError, Time, toast, uiStrings } from "../../ui/index.ts";
import type { CustomerDetail } from "./customer-panel.tsx";
import { customersStrings } from "./strings.ts";

/** Who was merged into a customer, the latest first: that one can be parted again. */
export function Merged({ customer }: { customer: CustomerDetail }) {
  const t = useT(customersStrings);
  const ui = useT(uiStrings);
  const unmerge = useMutation(
    trpc.endUsers.unmerge.mutationOptions({
      async onSuccess() {
        await Promise.all([
          queryClient.invalidateQueries(trpc.endUsers.pathFilter()),
          queryClient.invalidateQueries(trpc.conversations.pathFilter()),
        ]);
        toast.done(t("unmerge.done"));
      },
    }),
  );
  if (customer.merged.length === 0) return null;
  return (
    <div>
      <h4 className="text-12 text-ink-3">{t("merged")}</h4>
      <ul className="mt-1 flex flex-col gap-1">
        {customer.merged.map(({ customerId, name, mergedAt }, at) => (
          <li key={customerId} className="flex flex-wrap items-center justify-between gap-2 text-13">
            <span className="min-w-0">
              <bdi className="[overflow-wrap:anywhere]">{name ?? t("visitor")}</bdi>{" "}
              <Time value={mergedAt} className="text-12 text-ink-3" />
            </span>
            {at === 0 ? (
              <Button
                size="sm"
                variant="secondary"
                pending={unmerge.isPending}
                onClick={() =>
                  unmerge.mutate({ sourceCustomerId: customerId, targetCustomerId: customer.id })
                }
              >
                {t("unmerge")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {unmerge.error ? (
        <p role="alert" className="mt-2 text-13 text-bad">
          {explainError(unmerge.error, ui)}
        </p>
      ) : null}
    </div>
  );
}
