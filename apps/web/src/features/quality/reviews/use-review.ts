import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { type Outputs, queryClient, trpc } from "../../../lib/trpc.ts";
import { toast } from "../../../ui/index.ts";
import type { Reviewable, ReviewVerdict } from "./review-search.ts";
import { reviewStrings } from "./strings.ts";

type Page = Outputs["qualityAssurance"]["list"];

/**
 * Saves a verdict. The answer stays in the list that it was chosen from, with its verdict, so that nobody loses
 * their place; figures are asked for anew.
 */
export function useReview(item: Reviewable) {
  const t = useT(reviewStrings);
  const { mutate, isPending } = useMutation(
    trpc.qualityAssurance.review.mutationOptions({
      onSuccess: (review, { answerId, verdict }) => {
        queryClient.setQueriesData<Page>(trpc.qualityAssurance.list.queryFilter(), (page) =>
          page
            ? {
                ...page,
                items: page.items.map((each) => (each.id === answerId ? { ...each, review } : each)),
              }
            : page,
        );
        void queryClient.invalidateQueries(trpc.qualityAssurance.metrics.pathFilter());
        toast.done(verdict === null ? t("withdrawn") : t("saved", { verdict: t(`verdict.${verdict}`) }));
      },
    }),
  );
  const save = (verdict: ReviewVerdict | null, note: string, then?: () => void) =>
    mutate(
      { answerId: item.id, verdict, ...(note.trim() === "" ? {} : { note: note.trim() }) },
      then ? { onSuccess: then } : {},
    );
  return { save, isPending };
}
