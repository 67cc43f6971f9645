import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { type Outputs, trpc } from "../../lib/trpc.ts";
import { Button, ErrorState, Pager, Skeleton, Time } from "../../ui/index.ts";
import { customersStrings } from "./strings.ts";

type Item = Outputs["endUsers"]["activity"]["items"][number];

const step = 20;
const most = 100;

/** All that happened with a customer over every channel, the latest first; `paged` goes back to the beginning. */
export function Timeline({ customerId, paged = false }: { customerId: string; paged?: boolean }) {
  const t = useT(customersStrings);
  const [pageSize, setPageSize] = useState(paged ? most / 2 : step);
  const [page, setPage] = useState(1);
  const { data, error, refetch, isFetching } = useQuery(
    trpc.endUsers.activity.queryOptions(
      { customerId, page, pageSize },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <div>
      <h4 className="text-12 text-ink-3">{t("timeline")}</h4>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} className="py-4" /> : null}
      {!data && !error ? <Skeleton className="mt-2 h-32 w-full" /> : null}
      <ol className="mt-1 flex flex-col gap-2.5 border-s border-line ps-3">
        {data?.items.map((item) => (
          <li key={item.id} className="min-w-0 text-13">
            <Entry item={item} />
            <Time value={item.at} className="block text-12 text-ink-3" />
          </li>
        ))}
      </ol>
      {paged ? (
        <Pager
          page={page}
          pages={Math.ceil((data?.total ?? 0) / pageSize)}
          onPage={setPage}
          className="mt-3"
        />
      ) : data && data.total > pageSize && pageSize < most ? (
        <Button
          size="sm"
          variant="secondary"
          className="mt-3"
          pending={isFetching}
          onClick={() => setPageSize(Math.min(most, pageSize + step))}
        >
          {t("timeline.more")}
        </Button>
      ) : null}
    </div>
  );
}

function Entry({ item }: { item: Item }) {
  const t = useT(customersStrings);
  const { type, text, conversationId, authorName, author } = item;
  if (type === "message" || type === "note") {
    const by = authorName ?? (isAuthor(author) ? t(`author.${author}`) : null);
    return (
      <>
        <span className="text-12 text-ink-2">
          <bdi>{by}</bdi>
          {type === "note" ? ` · ${t("event.note")}` : null}
        </span>
        <p dir="auto" className="line-clamp-3 text-start [overflow-wrap:anywhere]">
          {text}
        </p>
      </>
    );
  }
  if (type === "identity") return <span>{t("event.identity", { what: kindOf(text, t) })}</span>;
  const title = t(`event.${type}`);
  if (!conversationId) return <span>{title}</span>;
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId }}
      search={{ view: "all" }}
      className="text-accent underline"
    >
      {title}
    </Link>
  );
}

const authors = ["customer", "bot", "agent", "system"] as const;
const isAuthor = (name: string | null): name is (typeof authors)[number] =>
  authors.some((known) => known === name);

const kinds = ["email", "phone", "social", "device", "external"] as const;

function kindOf(text: string | null, t: ReturnType<typeof useT<typeof customersStrings.tables.en>>): string {
  const kind = kinds.find((known) => known === text);
  return kind ? t(`kind.${kind}`) : (text ?? "");
}
