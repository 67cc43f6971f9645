import { BadgeCheck } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import type { Outputs } from "../../lib/trpc.ts";
import { Button, Time } from "../../ui/index.ts";
import { customerPageStrings } from "./page.strings.ts";
import { customersStrings } from "./strings.ts";

const VerifyDialog = lazy(() => import("./verify-dialog.tsx"));

type CustomerDetail = Outputs["endUsers"]["get"];
type Identity = CustomerDetail["identities"][number];

/** By what a code reaches what somebody is known by. */
const channels: Partial<Record<Identity["kind"], "email" | "sms">> = { email: "email", phone: "sms" };

/**
 * By what a customer is known, each with how it came; `evidence` adds who linked it and when. An address or a number that
 * nobody proved can be proved from here.
 */
export function Identities({ customer, evidence = false }: { customer: CustomerDetail; evidence?: boolean }) {
  const t = useT(customersStrings);
  const session = useSession();
  const [asked, setAsked] = useState<{ channel: "email" | "sms"; to: string } | null>(null);
  const mayVerify = may(session, "manage customers") && customer.mergedIntoId === null;
  if (customer.identities.length === 0) {
    return <p className="text-13 text-ink-2">{customer.email ?? t("identities.none")}</p>;
  }
  return (
    <>
      <ul className="mt-1 flex flex-col gap-2">
        {customer.identities.map((identity) => {
          const { id, value, kind, verifiedAt } = identity;
          const channel = mayVerify && verifiedAt === null ? channels[kind] : undefined;
          return (
            <li key={id} className="text-13">
              <span className="flex items-center gap-1.5">
                <bdi className="min-w-0 [overflow-wrap:anywhere]">{value}</bdi>
                {verifiedAt ? (
                  <BadgeCheck className="size-4 shrink-0 text-good" aria-label={t("verified")} role="img" />
                ) : null}
                {channel ? (
                  <Button
                    size="sm"
                    className="ms-auto shrink-0"
                    aria-label={t("verify.which", { what: value })}
                    onClick={() => startTransition(() => setAsked({ channel, to: value }))}
                  >
                    {t("verify")}
                  </Button>
                ) : null}
              </span>
              <span className="text-12 text-ink-3">
                <bdi>{identity.provider ?? t(`kind.${kind}`)}</bdi>,{" "}
                {t(identity.mergeId ? "source.merge" : `source.${identity.source}`)}
              </span>
              {evidence ? <Evidence identity={identity} /> : null}
            </li>
          );
        })}
      </ul>
      {asked ? (
        <Suspense>
          <VerifyDialog customerId={customer.id} {...asked} onClose={() => setAsked(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

const linkers = ["user", "visitor", "apiKey", "system"] as const;

function Evidence({
  identity: { linkedBy, createdAt, verifiedAt, mergeId, source },
}: {
  identity: Identity;
}) {
  const t = useT(customerPageStrings);
  const words = useT(customersStrings);
  const by = linkers.find((kind) => kind === linkedBy.kind);
  return (
    <span className="block text-12 text-ink-3">
      {/* of one that came with a merge: how it had come before */}
      {mergeId ? <>{words(`source.${source}`)}; </> : null}
      {t("evidence.linked")} {by ? t(`by.${by}`) : null} <Time value={createdAt} />
      {verifiedAt ? (
        <>
          {" · "}
          {t("evidence.verified")} <Time value={verifiedAt} />
        </>
      ) : null}
    </span>
  );
}
