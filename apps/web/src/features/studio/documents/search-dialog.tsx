import { skipToken, useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { type Outputs, trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, EmptyState, ErrorState, Select, Skeleton, TextField } from "../../../ui/index.ts";
import { CandidateTable } from "../../answers/index.ts";
import { candidatesIn } from "./found-candidates.ts";
import { searchStrings } from "./search-strings.ts";

const languages = ["any", "en", "fr", "ar"] as const;

/** Tries the search without asking the bot: what it finds for some words, what it chooses, and why. */
export default function SearchDialog({ botId, onClose }: { botId: string; onClose: () => void }) {
  const t = useT(searchStrings);
  const [words, setWords] = useState("");
  const [language, setLanguage] = useState<(typeof languages)[number]>("any");
  const [asked, setAsked] = useState<string | null>(null);
  const query = useQuery(
    trpc.knowledge.search.queryOptions(
      asked === null ? skipToken : { botId, query: asked, ...(language === "any" ? {} : { language }) },
      { staleTime: 0, retry: false },
    ),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    const trimmed = words.trim();
    if (trimmed === "") return;
    if (trimmed === asked) void query.refetch();
    else setAsked(trimmed);
  }

  return (
    <Dialog open wide onClose={onClose} title={t("title")} description={t("description")}>
      <div className="flex flex-col gap-4">
        <form
          onSubmit={submit}
          className="grid grid-cols-[1fr_auto] items-end gap-2 sm:grid-cols-[1fr_11rem_auto]"
        >
          <TextField
            label={t("words")}
            labelHidden
            placeholder={t("words")}
            type="search"
            dir="auto"
            autoFocus
            maxLength={8_000}
            icon={<Search className="size-4" aria-hidden />}
            className="col-span-2 sm:col-span-1"
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
          <Select
            label={t("language")}
            labelHidden
            value={language}
            options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
            onChange={setLanguage}
          />
          <Button variant="primary" type="submit" pending={query.isFetching}>
            {t("search")}
          </Button>
        </form>
        <div aria-live="polite" className="min-h-48 text-13">
          {asked === null ? (
            <EmptyState icon={<Search aria-hidden />} title={t("empty.title")}>
              {t("empty.text")}
            </EmptyState>
          ) : query.isError ? (
            <ErrorState error={query.error} title={t("failed")} onRetry={() => void query.refetch()} />
          ) : query.data === undefined ? (
            <Skeleton className="h-48" />
          ) : (
            <Found found={query.data} />
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Found({ found }: { found: Outputs["knowledge"]["search"] }) {
  const t = useT(searchStrings);
  const format = useFormat();
  const { timings, embeddingFailure } = found;
  const ms = Object.values(timings).reduce((sum, time) => sum + time, 0);
  if (found.passages.length === 0) {
    return (
      <EmptyState icon={<Search aria-hidden />} title={t("none.title")}>
        {t("none.text")}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-3">
        {t("among", { count: found.liveChunks })} · {t("took", { ms: format.number(Math.round(ms)) })}
      </p>
      {embeddingFailure === null ? null : (
        <p className="text-warn">
          {t("byWords")} <bdi>{embeddingFailure}</bdi>
        </p>
      )}
      <CandidateTable list={candidatesIn(found)} />
    </div>
  );
}
