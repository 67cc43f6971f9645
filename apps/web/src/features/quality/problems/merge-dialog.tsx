import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, explainError, SearchField, Skeleton, toast, uiStrings } from "../../../ui/index.ts";
import { type ProblemDetail, qualityRoute } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

/** Chooses the problem of the same bot that this one goes into. */
export default function MergeDialog({ problem, onClose }: { problem: ProblemDetail; onClose: () => void }) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const navigate = qualityRoute.useNavigate();
  const queryClient = useQueryClient();
  const [search, setSearch] = useState<string | undefined>();
  const [intoId, setIntoId] = useState<string | null>(null);
  const others = useQuery(
    trpc.problems.list.queryOptions(
      { botId: problem.bot.id, pageSize: 50, ...(search === undefined ? {} : { search }) },
      { placeholderData: keepPreviousData },
    ),
  );
  const merge = useMutation(
    trpc.problems.merge.mutationOptions({
      onSuccess: async (into) => {
        toast.done(t("merge.done"));
        onClose();
        await navigate({ search: (now) => ({ ...now, problem: into.id }) });
        await queryClient.invalidateQueries(trpc.problems.list.pathFilter());
      },
    }),
  );
  const items = others.data?.items.filter(({ id }) => id !== problem.id) ?? [];
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("merge.title")}
      description={t("merge.text")}
      footer={
        <Button
          variant="primary"
          disabled={intoId === null}
          pending={merge.isPending}
          onClick={() => {
            if (intoId !== null) merge.mutate({ id: problem.id, intoId });
          }}
        >
          {t("merge.do")}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <SearchField label={t("merge.search")} search={search} onSearch={setSearch} />
        {others.isPending ? (
          <Skeleton className="h-24" />
        ) : items.length === 0 ? (
          <p className="text-13 text-ink-2">{t(search === undefined ? "merge.none" : "none.title")}</p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {items.map(({ id, question, occurrences }) => (
              <li key={id}>
                <label className="flex cursor-pointer items-start gap-3 py-2">
                  <input
                    type="radio"
                    name="into"
                    checked={intoId === id}
                    onChange={() => setIntoId(id)}
                    className="mt-1 accent-accent"
                  />
                  <span className="min-w-0">
                    <span dir="auto" className="block text-match text-14 break-words">
                      {question}
                    </span>
                    <span className="text-12 text-ink-3">{t("times", { count: occurrences })}</span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        )}
        {merge.error ? (
          <p role="alert" className="text-13 text-bad">
            {explainError(merge.error, tUi)}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
