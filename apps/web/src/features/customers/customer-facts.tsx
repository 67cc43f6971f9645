import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import type { Outputs } from "../../lib/trpc.ts";
import { Badge, Button } from "../../ui/index.ts";
import { CustomerActs } from "./customer-acts.tsx";
import { Identities } from "./identities.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { Merged } from "./merged.tsx";
import { customerPageStrings } from "./page.strings.ts";
import { customersStrings } from "./strings.ts";

interface CustomerFactsProps {
  customer: Outputs["endUsers"]["get"];
  name: string;
  /** With who linked each identity, and when. */
  evidence?: boolean;
  onErased?: () => void;
}

/** Who a customer is and by what they are known, with what may be done to them. */
export function CustomerFacts({ customer, name, evidence = false, onErased }: CustomerFactsProps) {
  const t = useT(customersStrings);
  const page = useT(customerPageStrings);
  const session = useSession();
  const [isMerging, setMerging] = useState(false);
  const { totalConversations, openConversations } = customer.stats;
  return (
    <>
      <div>
        {customer.company ? (
          <p dir="auto" className="text-match text-13 text-ink-2">
            {customer.company}
          </p>
        ) : null}
        <p className="mt-1 text-12 text-ink-3">
          {t("stats", { count: totalConversations, open: openConversations })}
        </p>
      </div>
      {customer.mergedIntoId ? (
        <p className="text-13 text-warn">
          {t("mergedAway")}{" "}
          <Link
            to="/customers/$customerId"
            params={{ customerId: customer.mergedIntoId }}
            className="text-accent underline"
          >
            {page("mergedInto")}
          </Link>
        </p>
      ) : null}
      <CustomerActs customer={customer} name={name} {...(onErased ? { onErased } : {})} />
      <dl className="flex flex-col gap-3">
        {customer.status === "active" ? null : (
          <Fact label={page("filter.status")}>
            <Badge tone={customer.status === "blocked" ? "bad" : "neutral"}>
              {page(`status.${customer.status}`)}
            </Badge>
          </Fact>
        )}
        <Fact label={t("tier")}>
          <bdi>{customer.slaTier ?? t("tier.none")}</bdi>
        </Fact>
        <Words label={t("tags")} words={customer.tags} />
        <Words label={page("segments")} words={customer.segments} />
        <Words label={page("risks")} words={customer.riskFlags} tone="warn" />
        <Fact label={t("identities")}>
          <Identities customer={customer} evidence={evidence} />
        </Fact>
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
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="mt-0.5 text-13">{children}</dd>
    </div>
  );
}

function Words({
  label,
  words,
  tone = "neutral",
}: {
  label: string;
  words: string[];
  tone?: "neutral" | "warn";
}) {
  if (words.length === 0) return null;
  return (
    <Fact label={label}>
      <span className="flex flex-wrap gap-1">
        {words.map((word) => (
          <Badge key={word} tone={tone}>
            <bdi>{word}</bdi>
          </Badge>
        ))}
      </span>
    </Fact>
  );
}
