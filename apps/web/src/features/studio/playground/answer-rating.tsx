import { useMutation } from "@tanstack/react-query";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { explainError, IconButton, toast, uiStrings } from "../../../ui/index.ts";
import { playgroundStrings } from "./strings.ts";

type Rating = "THUMBS_UP" | "THUMBS_DOWN";

/** Shown at once; taken back, with the reason, when the server refuses. */
export function AnswerRating({ answerId, initial }: { answerId: string; initial: Rating | null }) {
  const t = useT(playgroundStrings);
  const kit = useT(uiStrings);
  const [saved, setSaved] = useState(initial);
  const rate = useMutation(
    trpc.ragQuery.submitFeedback.mutationOptions({
      onSuccess: (_, { rating }) => setSaved(rating),
      onError: (error) => toast.failed(t("rate.failed"), explainError(error, kit)),
    }),
  );
  const shown = rate.isPending ? rate.variables.rating : saved;
  const button = (rating: Rating) => {
    const Icon = rating === "THUMBS_UP" ? ThumbsUp : ThumbsDown;
    return (
      <IconButton
        size="sm"
        label={t(rating === "THUMBS_UP" ? "rate.up" : "rate.down")}
        aria-pressed={shown === rating}
        icon={<Icon className="size-4" aria-hidden />}
        onClick={() => rate.mutate({ queryLogId: answerId, rating })}
      />
    );
  };
  return (
    <div className="flex items-center">
      {button("THUMBS_UP")}
      {button("THUMBS_DOWN")}
    </div>
  );
}
