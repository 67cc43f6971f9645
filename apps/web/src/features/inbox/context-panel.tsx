import { Link } from "@tanstack/react-router";
import { FileText, X } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Citation, ConversationDetail } from "../../lib/models.ts";
import { cx, IconButton, StatusDot, Time, uiStrings } from "../../ui/index.ts";
import { CustomerPanel } from "../customers/index.tsx";
import { citationsOf, passageOf } from "../messages/index.ts";
import { ReplayButton } from "../replay/index.ts";
import { conversationStrings } from "./conversation.strings.ts";
import { Properties } from "./properties.tsx";
import { inboxStrings } from "./strings.ts";
import { statusTones } from "./views.ts";

const BriefCard = lazy(() => import("../assist/index.ts").then(({ BriefCard }) => ({ default: BriefCard })));
const FiringsCard = lazy(() => import("./firings-card.tsx"));
const ResolutionCard = lazy(() => import("../resolutions/resolution-card.tsx"));
const SurveyCard = lazy(() => import("../surveys/survey-card.tsx"));

interface ContextPanelProps {
  conversation: ConversationDetail;
  /** Below 1280 px it lies over the thread, when asked for. */
  shown: boolean;
  onClose: () => void;
}

/** Who this is and what led here, beside the conversation. */
export function ContextPanel({ conversation, shown, onClose }: ContextPanelProps) {
  const t = useT(conversationStrings);
  const words = useT(inboxStrings);
  const ui = useT(uiStrings);
  const { customer, bot, assignee, escalation, status, allowed } = conversation;
  const sources = distinctDocuments(conversation.messages.flatMap(citationsOf));
  return (
    <aside
      aria-label={t("details")}
      className={cx(
        "w-72 shrink-0 overflow-auto border-s border-line bg-surface-0 p-4",
        "max-xl:absolute max-xl:inset-y-0 max-xl:end-0 max-xl:z-10 max-xl:shadow-float",
        !shown && "max-xl:hidden",
      )}
    >
      <div className="mb-3 flex items-center justify-between">
        <h2 className="text-13 font-semibold">{t("details")}</h2>
        <IconButton
          size="sm"
          label={ui("close")}
          icon={<X className="size-4" aria-hidden />}
          onClick={onClose}
          className="xl:hidden"
        />
      </div>
      {escalation ? (
        <div className="mb-4 rounded-control bg-warn-soft p-3">
          <h3 className="text-12 font-medium text-warn">{t("details.escalation")}</h3>
          <p dir="auto" className="mt-1 text-start text-13 text-ink-1">
            {escalation.reason}
          </p>
          <Time value={escalation.createdAt} className="mt-1 block text-12 text-ink-2" />
        </div>
      ) : null}
      <dl className="flex flex-col gap-3">
        <Fact label={t("details.status")}>
          <StatusDot tone={statusTones[status]} label={words(`status.${status}`)} />
        </Fact>
        <Fact label={t("details.assignee")}>
          {assignee ? <bdi>{assignee.name}</bdi> : t("details.nobody")}
        </Fact>
        <Fact label={t("details.customer")}>
          <bdi>{customer?.name ?? words("visitor")}</bdi>
        </Fact>
        <Fact label={t("details.email")}>
          {customer?.email ? (
            <a href={`mailto:${customer.email}`} className="text-accent underline [overflow-wrap:anywhere]">
              {customer.email}
            </a>
          ) : (
            t("details.noEmail")
          )}
        </Fact>
        {bot ? (
          <Fact label={t("details.bot")}>
            <Link to="/bots/$botId" params={{ botId: bot.id }} className="text-accent underline">
              <bdi>{bot.name}</bdi>
            </Link>
          </Fact>
        ) : null}
        <Fact label={t("details.channel")}>{words(`channel.${conversation.channel}`)}</Fact>
        <Fact label={t("details.started")}>
          <Time value={conversation.createdAt} />
        </Fact>
      </dl>
      <Properties conversation={conversation} />
      {allowed.note && customer ? (
        <Suspense>
          <div className="mt-4 flex flex-col gap-4 border-t border-line pt-4">
            <BriefCard conversationId={conversation.id} />
            <ResolutionCard conversationId={conversation.id} />
            <SurveyCard conversationId={conversation.id} />
            <FiringsCard conversationId={conversation.id} />
            <CustomerPanel customerId={customer.id} />
          </div>
        </Suspense>
      ) : null}
      {bot ? (
        <div className="mt-4">
          <ReplayButton conversationId={conversation.id} />
        </div>
      ) : null}
      {sources.length > 0 ? (
        <>
          <h3 className="mt-5 mb-1.5 text-12 text-ink-3">{t("details.sources")}</h3>
          <ul className="flex flex-col gap-1">
            {sources.map((citation) => (
              <li key={citation.documentId}>
                <Link
                  to="/documents/$documentId"
                  params={{ documentId: citation.documentId }}
                  search={passageOf(citation)}
                  className="flex items-center gap-2 rounded-control py-1 text-13 text-accent hover:underline"
                >
                  <FileText className="size-4 shrink-0 text-ink-3" aria-hidden />
                  <bdi className="truncate">{citation.documentName}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </aside>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="text-13 text-ink-1">{children}</dd>
    </div>
  );
}

function distinctDocuments(citations: readonly Citation[]): Citation[] {
  return [...new Map(citations.map((citation) => [citation.documentId, citation])).values()];
}
