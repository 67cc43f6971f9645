import { useQuery } from "@tanstack/react-query";
import { BadgeCheck } from "lucide-react";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { type Outputs, trpc } from "../../lib/trpc.ts";
import { Badge, Button, ErrorState, Skeleton } from "../../ui/index.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { Merged } from "./merged.tsx";
import { customersStrings } from "./strings.ts";
import { Timeline } from "./timeline.tsx";

export type CustomerDetail = Outputs["endUsers"]["get"];

/** Who a customer is, by what they are known, and all that happened with them. As wide as what holds it. */
export default function CustomerPanel({ customerId }: { customerId: string }) {
  const t = useT(customersStrings);
  const session = useSession();
  const [isMerging, setMerging] = useState(false);
  const { data: customer, error, refetch } = useQuery(trpc.endUsers.get.queryOptions({ customerId }));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!customer) return <Skeleton className="h-64 w-full" />;
  const name = customer.name ?? customer.email ?? t("visitor");
  const { totalConversations, openConversations } = customer.stats;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div>
        <h3 dir="auto" className="text-match text-15 font-semibold [overflow-wrap:anywhere]">
          {name}
        </h3>
        {customer.company ? (
          <p dir="auto" className="text-match text-13 text-ink-2">
            {customer.company}
          </p>
        ) : null}
        <p className="mt-1 text-12 text-ink-3">
          {t("stats", { count: totalConversations, open: openConversations })}
        </p>
      </div>
      {customer.mergedIntoId ? <p className="text-13 text-warn">{t("mergedAway")}</p> : null}
      <dl className="flex flex-col gap-3">
        <div>
          <dt className="text-12 text-ink-3">{t("tier")}</dt>
          <dd className="text-13">
            <bdi>{customer.slaTier ?? t("tier.none")}</bdi>
          </dd>
        </div>
        {customer.tags.length > 0 ? (
          <div>
            <dt className="text-12 text-ink-3">{t("tags")}</dt>
            <dd className="mt-1 flex flex-wrap gap-1">
              {customer.tags.map((tag) => (
                <Badge key={tag}>
                  <bdi>{tag}</bdi>
                </Badge>
              ))}
            </dd>
          </div>
        ) : null}
        <div>
          <dt className="text-12 text-ink-3">{t("identities")}</dt>
          <dd>
            <Identities customer={customer} />
          </dd>
        </div>
      </dl>
      {may(session, "manage customers") ? (
        <>
          <Merged customer={customer} />
          {customer.mergedIntoId ? null : (
            <div>
              <Button size="sm" onClick={() => setMerging(true)}>
                {t("merge")}
              </Button>
            </div>
          )}
          <MergeDialog
            open={isMerging}
            onClose={() => setMerging(false)}
            customer={{ id: customer.id, name }}
          />
        </>
      ) : null}
      <Timeline customerId={customerId} />
    </div>
  );
}

function Identities({ customer }: { customer: CustomerDetail }) {
  const t = useT(customersStrings);
  if (customer.identities.length === 0) {
    return <p className="text-13 text-ink-2">{customer.email ?? t("identities.none")}</p>;
  }
  return (
    <ul className="mt-1 flex flex-col gap-2">
      {customer.identities.map(({ id, kind, provider, value, verifiedAt, source, mergeId }) => (
        <li key={id} className="text-13">
          <span className="flex items-center gap-1.5">
            <bdi className="min-w-0 [overflow-wrap:anywhere]">{value}</bdi>
            {verifiedAt ? (
              <BadgeCheck className="size-4 shrink-0 text-good" aria-label={t("verified")} role="img" />
            ) : null}
          </span>
          <span className="text-12 text-ink-3">
            <bdi>{provider ?? t(`kind.${kind}`)}</bdi>, {t(mergeId ? "source.merge" : `source.${source}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}
