import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { type Outputs, trpc } from "../../lib/trpc.ts";
import { ErrorState, Skeleton } from "../../ui/index.ts";
import { CustomerFacts } from "./customer-facts.tsx";
import { customerPageStrings } from "./page.strings.ts";
import { customersStrings } from "./strings.ts";
import { Timeline } from "./timeline.tsx";

export type CustomerDetail = Outputs["endUsers"]["get"];

/** Who a customer is, by what they are known, and all that happened with them. As wide as what holds it. */
export default function CustomerPanel({ customerId }: { customerId: string }) {
  const t = useT(customersStrings);
  const page = useT(customerPageStrings);
  const { data: customer, error, refetch } = useQuery(trpc.endUsers.get.queryOptions({ customerId }));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!customer) return <Skeleton className="h-64 w-full" />;
  const name = customer.name ?? customer.email ?? t("visitor");
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="-mb-4">
        <h3 dir="auto" className="text-match text-15 font-semibold [overflow-wrap:anywhere]">
          {name}
        </h3>
        <Link
          to="/customers/$customerId"
          params={{ customerId }}
          className="text-12 text-accent hover:underline"
        >
          {page("open")}
        </Link>
      </div>
      <CustomerFacts customer={customer} name={name} />
      <Timeline customerId={customerId} />
    </div>
  );
}
