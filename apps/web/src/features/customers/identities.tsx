import { BadgeCheck } from "lucide-react";
import { useT } from "../../lib/i18n.ts";
import type { Outputs } from "../../lib/trpc.ts";
import { Time } from "../../ui/index.ts";
import { customerPageStrings } from "./page.strings.ts";
import { customersStrings } from "./strings.ts";

type CustomerDetail = Outputs["endUsers"]["get"];
type Identity = CustomerDetail["identities"][number];

/** By what a customer is known, each with how it came; `evidence` adds who linked it and when. */
export function Identities({ customer, evidence = false }: { customer: CustomerDetail; evidence?: boolean }) {
  const t = useT(customersStrings);
  if (customer.identities.length === 0) {
    return <p className="text-13 text-ink-2">{customer.email ?? t("identities.none")}</p>;
  }
  return (
    <ul className="mt-1 flex flex-col gap-2">
      {customer.identities.map((identity) => (
        <li key={identity.id} className="text-13">
          <span className="flex items-center gap-1.5">
            <bdi className="min-w-0 [overflow-wrap:anywhere]">{identity.value}</bdi>
            {identity.verifiedAt ? (
              <BadgeCheck className="size-4 shrink-0 text-good" aria-label={t("verified")} role="img" />
            ) : null}
          </span>
          <span className="text-12 text-ink-3">
            <bdi>{identity.provider ?? t(`kind.${identity.kind}`)}</bdi>,{" "}
            {t(identity.mergeId ? "source.merge" : `source.${identity.source}`)}
          </span>
          {evidence ? <Evidence identity={identity} /> : null}
        </li>
      ))}
    </ul>
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
