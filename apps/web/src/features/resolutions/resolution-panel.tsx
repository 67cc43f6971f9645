import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { Badge, buttonClass, ErrorState, IconButton, Skeleton, Time } from "../../ui/index.ts";
import { EtaSection } from "./eta-section.tsx";
import { MoveSection } from "./move-section.tsx";
import { priorityTones, type ResolutionDetail } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { SwarmSection } from "./swarm-section.tsx";
import { TellSection } from "./tell-section.tsx";
import { UpdatesSection } from "./updates-section.tsx";

/** One resolution with all that belongs to it, beside the board; on a small screen over it. */
export function ResolutionPanel({ resolutionId, onClose }: { resolutionId: string; onClose: () => void }) {
  const t = useT(resolutionStrings);
  const panel = useRef<HTMLElement>(null);
  const { data, error, refetch } = useQuery(trpc.resolutions.get.queryOptions({ resolutionId }));
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={t("details")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && event.currentTarget === event.target) onClose();
      }}
      className="absolute inset-y-0 end-0 z-10 w-full overflow-auto border-s border-line bg-surface-0 shadow-float outline-none md:w-[26rem] xl:static xl:shrink-0 xl:shadow-none"
    >
      <div className="flex items-start gap-2 p-4 pb-0">
        <div className="min-w-0 grow">{data ? <Heading resolution={data} /> : null}</div>
        <IconButton
          size="sm"
          label={t("close")}
          icon={<X className="size-4" aria-hidden />}
          onClick={onClose}
        />
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton className="m-4 h-72" /> : null}
      {data ? <Content resolution={data} /> : null}
    </aside>
  );
}

function Heading({ resolution }: { resolution: ResolutionDetail }) {
  const t = useT(resolutionStrings);
  const { conversation, priority, status, issueType, sla } = resolution;
  return (
    <>
      <h2 dir="auto" className="text-match text-16 font-semibold break-words">
        {conversation.subject ?? issueType}
      </h2>
      <p className="mt-1 flex flex-wrap items-center gap-1.5">
        <Badge tone={priorityTones[priority]}>{priority}</Badge>
        <Badge>{t(`status.${status}`)}</Badge>
        {sla.breached ? <Badge tone="bad">{t("breached")}</Badge> : null}
      </p>
    </>
  );
}

function Content({ resolution }: { resolution: ResolutionDetail }) {
  const t = useT(resolutionStrings);
  const format = useFormat();
  const mayWork = may(useSession(), "work on resolutions");
  const { conversation, issueType, owningTeam, sla, createdAt } = resolution;
  return (
    <div className="flex flex-col gap-5 p-4">
      <dl className="grid grid-cols-2 gap-3">
        <Fact label={t("customer")}>{conversation.customerName ?? "–"}</Fact>
        <Fact label={t("team")}>{owningTeam}</Fact>
        <Fact label={t("create.issue")}>{issueType}</Fact>
        <Fact label={t("age")}>
          <Time value={createdAt} /> ·{" "}
          {t("elapsed", { hours: format.number(Math.round(sla.elapsedHours * 10) / 10) })}
        </Fact>
        <Fact label={t("systems")}>{resolution.affectedSystems.join(", ") || t("systems.none")}</Fact>
        <Fact label={t("category")}>{resolution.rootCauseCategory ?? t("unknown")}</Fact>
        <Fact label={t("rootCause")}>{resolution.rootCause ?? t("unknown")}</Fact>
        <Fact label={t("fix")}>{resolution.fixDescription ?? t("unknown")}</Fact>
      </dl>
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: conversation.id }}
        search={{ view: "all" }}
        className={`${buttonClass("secondary", "sm")} self-start`}
      >
        {t("conversation")}
      </Link>
      {mayWork ? <MoveSection resolution={resolution} /> : null}
      <EtaSection resolution={resolution} mayWork={mayWork} />
      {mayWork ? <TellSection resolution={resolution} /> : null}
      <SwarmSection resolution={resolution} mayWork={mayWork} />
      <UpdatesSection resolution={resolution} mayWork={mayWork} />
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd dir="auto" className="text-match text-13 break-words text-ink-1">
        {children}
      </dd>
    </div>
  );
}
