import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  EmptyState,
  ErrorState,
  Pager,
  Panel,
  Select,
  Skeleton,
  StatusDot,
  Time,
} from "../../../ui/index.ts";
import type { SentText } from "./kinds.ts";
import { channelStrings } from "./strings.ts";

const tones = {
  queued: "info",
  sent: "good",
  delivered: "good",
  undelivered: "bad",
  failed: "bad",
} as const;
const failed: SentText["status"][] = ["undelivered", "failed"];

/** What was sent by the channels, and what became of it. */
export function HistoryPanel() {
  const t = useT(channelStrings);
  const { page = 1 } = useSearch({ from: "/signed-in/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const [shown, setShown] = useState<"all" | "failed">("all");
  const texts = useQuery(
    trpc.communication.history.queryOptions(
      { page, pageSize: 20, ...(shown === "failed" ? { status: failed } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  const show = (next: "all" | "failed") => {
    setShown(next);
    void navigate({ search: (now) => ({ ...now, page: 1 }) });
  };
  return (
    <Panel
      title={t("history.title")}
      description={<p className="max-w-prose">{t("history.text")}</p>}
      action={
        <Select
          label={t("history.filter")}
          value={shown}
          options={[
            { value: "all", label: t("history.all") },
            { value: "failed", label: t("history.failed") },
          ]}
          onChange={show}
        />
      }
    >
      {texts.isPending ? (
        <Skeleton className="h-24" />
      ) : texts.isError ? (
        <ErrorState
          error={texts.error}
          title={t("history.loadFailed")}
          onRetry={() => void texts.refetch()}
        />
      ) : texts.data.items.length === 0 ? (
        shown === "failed" ? (
          <p className="text-14 text-ink-2">{t("history.none.failed")}</p>
        ) : (
          <EmptyState icon={<Send aria-hidden />} title={t("history.none.title")}>
            {t("history.none.text")}
          </EmptyState>
        )
      ) : (
        <div className="flex flex-col gap-4">
          <ul className="divide-y divide-line rounded-control border border-line">
            {texts.data.items.map((text) => (
              <TextRow key={text.id} text={text} />
            ))}
          </ul>
          <Pager
            page={page}
            pages={texts.data.meta.totalPages}
            onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
          />
        </div>
      )}
    </Panel>
  );
}

function TextRow({ text: { kind, to, text, status, attempts, failure, createdAt } }: { text: SentText }) {
  const t = useT(channelStrings);
  return (
    <li className="flex flex-col gap-1 px-3 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusDot tone={tones[status]} label={t(`message.${status}`)} />
        <span className="text-13 text-ink-2">
          {t(`${kind}.title`)} · {t("message.to", { to: `\u2066${to}\u2069` })}
          {attempts > 1 ? ` · ${t("message.tries", { count: attempts })}` : null}
        </span>
        <Time value={createdAt} className="ms-auto text-13 text-ink-3" />
      </div>
      {text === null ? (
        <p className="text-13 text-ink-3">{t("history.secret")}</p>
      ) : (
        <p
          dir="auto"
          className="line-clamp-3 text-start text-14 whitespace-pre-line [overflow-wrap:anywhere]"
        >
          {text}
        </p>
      )}
      {failure === null ? null : (
        <p dir="auto" className="text-start text-13 text-bad [overflow-wrap:anywhere]">
          {failure}
        </p>
      )}
    </li>
  );
}
