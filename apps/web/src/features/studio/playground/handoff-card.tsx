import { Link } from "@tanstack/react-router";
import { UserRound } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { Button } from "../../../ui/index.ts";
import { readChatError } from "./chat-error.ts";
import { playgroundStrings } from "./strings.ts";
import type { Playground } from "./use-playground.ts";

const reasons = ["empty", "unknown", "withheld", "failed"] as const;

/** The offer to bring in a person, and what came of it. */
export function HandoffCard({
  playground,
  conversationId,
}: {
  playground: Playground;
  conversationId: string;
}) {
  const t = useT(playgroundStrings);
  const { handoff, askForPerson } = playground;
  if (handoff === null) return null;
  if (handoff.kind === "asked") {
    return (
      <div role="status" className="mx-4 my-2 rounded-panel border border-line bg-info-soft p-3 text-13">
        <p className="text-ink-1">{t("handoff.done")}</p>
        <Link
          to="/inbox/$conversationId"
          params={{ conversationId }}
          className="mt-1 inline-block font-medium text-accent hover:underline"
        >
          {t("handoff.inbox")}
        </Link>
      </div>
    );
  }
  const reason = reasons.find((each) => each === handoff.reason) ?? "other";
  return (
    <section
      aria-label={t("handoff.title")}
      className="mx-4 my-2 flex flex-wrap items-center gap-3 rounded-panel border border-line p-3"
    >
      <div className="min-w-40 grow">
        <h3 className="flex items-center gap-1.5 text-14 font-medium">
          <UserRound className="size-4 shrink-0 text-ink-3" aria-hidden />
          {t("handoff.title")}
        </h3>
        <p className="text-13 text-ink-2">{t(`handoff.reason.${reason}`)}</p>
        {askForPerson.isError ? (
          <p role="alert" className="text-13 text-bad">
            {t("handoff.failed")}. {readChatError(askForPerson.error).message ?? t("error.offline")}
          </p>
        ) : null}
      </div>
      <Button size="sm" pending={askForPerson.isPending} onClick={() => askForPerson.mutate()}>
        {t("handoff.action")}
      </Button>
    </section>
  );
}
