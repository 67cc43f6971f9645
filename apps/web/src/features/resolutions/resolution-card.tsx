import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useNow } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { Badge, Button, buttonClass, Time } from "../../ui/index.ts";
import { CreateDialog } from "./create-dialog.tsx";
import { isLate, isUnfinished, priorityTones } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";

/** For the panel beside a conversation: the work behind it, or a way to open some. */
export default function ResolutionCard({ conversationId }: { conversationId: string }) {
  const t = useT(resolutionStrings);
  const session = useSession();
  const [creating, setCreating] = useState(false);
  const now = useNow();
  const { data } = useQuery({
    ...trpc.resolutions.ofConversation.queryOptions({ conversationId }),
    enabled: may(session, "read resolutions"),
  });
  if (data === undefined) return null;
  const mayOpen = may(session, "work on resolutions") && (data === null || !isUnfinished(data.status));
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="text-12 text-ink-3">{t("card.title")}</h3>
      {data ? (
        <>
          <p className="flex flex-wrap items-center gap-1.5 text-13">
            <Badge tone={priorityTones[data.priority]}>{data.priority}</Badge>
            <span>{t(`status.${data.status}`)}</span>
            <bdi className="text-ink-2">{data.owner?.name ?? t("owner.none")}</bdi>
          </p>
          {data.eta ? (
            <p className={isLate(data, now) ? "text-12 text-bad" : "text-12 text-ink-3"}>
              {t(isLate(data, now) ? "eta.late" : "eta.by")} <Time value={data.eta.expectedResolutionAt} />
            </p>
          ) : null}
          <Link
            to="/resolutions"
            search={{ id: data.id }}
            className={`${buttonClass("secondary", "sm")} self-start`}
          >
            {t("card.show")}
          </Link>
        </>
      ) : (
        <p className="text-13 text-ink-2">{t("card.none")}</p>
      )}
      {mayOpen ? (
        <Button size="sm" className="self-start" onClick={() => setCreating(true)}>
          {t("card.open")}
        </Button>
      ) : null}
      <CreateDialog open={creating} conversationId={conversationId} onClose={() => setCreating(false)} />
    </section>
  );
}
