import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Badge, Button, explainError, toast, uiStrings } from "../../ui/index.ts";
import { assistStrings } from "./strings.ts";

const tones = { positive: "good", neutral: "neutral", negative: "bad" } as const;

/** What whoever takes a conversation must know: asked, tried, found, and the feeling. */
export function BriefCard({ conversationId }: { conversationId: string }) {
  const t = useT(assistStrings);
  const kit = useT(uiStrings);
  const about = { conversationId };
  const { data: brief, isPending } = useQuery(trpc.assist.brief.queryOptions(about));
  const write = useMutation(
    trpc.assist.writeBrief.mutationOptions({
      onSuccess: (written) => queryClient.setQueryData(trpc.assist.brief.queryKey(about), written),
      onError: (error) => toast.failed(t("brief.failed"), explainError(error, kit)),
    }),
  );
  if (isPending) return null;
  const again = (
    <Button size="sm" variant="ghost" pending={write.isPending} onClick={() => write.mutate(about)}>
      {t(brief ? "brief.again" : "brief.write")}
    </Button>
  );
  if (!brief) return again;
  return (
    <section aria-label={t("brief.title")} className="flex flex-col gap-2 rounded-control bg-surface-2 p-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-12 font-medium text-ink-2">{t("brief.title")}</h3>
        <Badge tone={tones[brief.feeling]}>{t(`feeling.${brief.feeling}`)}</Badge>
      </div>
      <dl className="flex flex-col gap-2">
        {brief.reason ? (
          <Part label={t("brief.reason")}>
            <p dir="auto" className="text-start">
              {brief.reason}
            </p>
          </Part>
        ) : null}
        <Part label={t("brief.asked")}>
          <p dir="auto" className="text-start">
            {brief.asked}
          </p>
        </Part>
        <Part label={t("brief.tried")}>
          {brief.tried.length === 0 ? (
            <p>{t("brief.nothingTried")}</p>
          ) : (
            <ul className="flex list-disc flex-col gap-1 ps-4">
              {brief.tried.map((line) => (
                <li key={line} dir="auto" className="text-start">
                  {line}
                </li>
              ))}
            </ul>
          )}
        </Part>
        {brief.found.length > 0 ? (
          <Part label={t("brief.found")}>
            <ul className="flex flex-col gap-1">
              {brief.found.map(({ documentId, title }) => (
                <li key={documentId}>
                  <Link
                    to="/documents/$documentId"
                    params={{ documentId }}
                    className="text-accent hover:underline"
                  >
                    <bdi>{title}</bdi>
                  </Link>
                </li>
              ))}
            </ul>
          </Part>
        ) : null}
      </dl>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-12 text-ink-3">{t(brief.method === "model" ? "brief.model" : "brief.plain")}</p>
        {again}
      </div>
    </section>
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="text-13 [overflow-wrap:anywhere] text-ink-1">{children}</dd>
    </div>
  );
}
