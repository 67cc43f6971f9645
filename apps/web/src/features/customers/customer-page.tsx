import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, UsersRound } from "lucide-react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { errorCodeOf, type Outputs, trpc } from "../../lib/trpc.ts";
import {
  Badge,
  buttonClass,
  EmptyState,
  ErrorState,
  PageHeader,
  Panel,
  Skeleton,
  Time,
} from "../../ui/index.ts";
import { inboxStrings } from "../inbox/strings.ts";
import { CustomerFacts } from "./customer-facts.tsx";
import { customerPageStrings } from "./page.strings.ts";
import { customersStrings } from "./strings.ts";
import { Timeline } from "./timeline.tsx";

const route = getRouteApi("/signed-in/customers/$customerId");

/** Everything of one customer: who they are and how that is known, their conversations, and all that happened. */
export function CustomerPage() {
  const t = useT(customerPageStrings);
  if (may(useSession(), "read customers")) return <Profile />;
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState icon={<UsersRound aria-hidden />} title={t("only.title")} className="pt-24">
        {t("only.text")}
      </EmptyState>
    </>
  );
}

function Profile() {
  const t = useT(customersStrings);
  const page = useT(customerPageStrings);
  const { customerId } = route.useParams();
  const navigate = route.useNavigate();
  const session = useSession();
  const { data: customer, error, refetch } = useQuery(trpc.endUsers.get.queryOptions({ customerId }));
  const name = customer ? (customer.name ?? customer.email ?? customer.phone ?? t("visitor")) : page("title");
  const all = (
    <Link to="/customers" className={buttonClass("secondary")}>
      {page("back")}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={name}
        back={
          <Link
            to="/customers"
            aria-label={page("back")}
            className="rounded-control p-1.5 text-ink-2 hover:bg-surface-2"
          >
            <ArrowLeft className="flip-rtl size-4" aria-hidden />
          </Link>
        }
      />
      {error ? (
        <ErrorState
          error={error}
          {...(errorCodeOf(error) === "NOT_FOUND" ? { action: all } : { onRetry: () => void refetch() })}
        />
      ) : !customer ? (
        <Skeleton className="m-4 h-64" />
      ) : (
        <div className="mx-auto grid w-full max-w-6xl gap-4 p-4 md:grid-cols-[20rem_minmax(0,1fr)] md:p-6">
          <Panel className="self-start">
            <div className="flex min-w-0 flex-col gap-4">
              <CustomerFacts
                customer={customer}
                name={name}
                evidence
                onErased={() => void navigate({ to: "/customers", replace: true })}
              />
            </div>
          </Panel>
          {may(session, "read conversations") ? (
            <div className="flex min-w-0 flex-col gap-4">
              <Conversations conversations={customer.recentConversations} />
              <Panel>
                <Timeline customerId={customerId} paged />
              </Panel>
            </div>
          ) : null}
        </div>
      )}
    </>
  );
}

type Brief = Outputs["endUsers"]["get"]["recentConversations"][number];

function Conversations({ conversations }: { conversations: Brief[] }) {
  const t = useT(customerPageStrings);
  const inbox = useT(inboxStrings);
  return (
    <Panel title={t("conversations")}>
      {conversations.length === 0 ? (
        <p className="text-13 text-ink-2">{t("conversations.none")}</p>
      ) : (
        <ul className="divide-y divide-line">
          {conversations.map(({ id, subject, state, lastMessageAt, createdAt }) => (
            <li key={id}>
              <Link
                to="/inbox/$conversationId"
                params={{ conversationId: id }}
                search={{ view: "all" }}
                className="flex items-center gap-3 rounded-control py-2 text-13 hover:bg-surface-2"
              >
                <span dir="auto" className="min-w-0 grow truncate text-match">
                  {subject ?? t("conversations.noSubject")}
                </span>
                <Badge>{inbox(`status.${state}`)}</Badge>
                <Time value={lastMessageAt ?? createdAt} className="shrink-0 text-12 text-ink-3" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
