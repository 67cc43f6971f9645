import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, ErrorState, Select, Skeleton, TextArea, Time } from "../../ui/index.ts";
import { Section } from "./section.tsx";
import { slackMirrorStrings } from "./slack-mirror.strings.ts";
import { SlackMirror } from "./slack-mirror.tsx";
import { isUnfinished, type ResolutionDetail } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

/** The colleagues who work on it together, and what they say. */
export function SwarmSection({ resolution, mayWork }: { resolution: ResolutionDetail; mayWork: boolean }) {
  const t = useT(resolutionStrings);
  const { startSwarm } = useResolutionActs();
  const { swarm, id: resolutionId, status } = resolution;
  const mayStart = mayWork && isUnfinished(status) && swarm?.status !== "active";
  if (!swarm && !mayStart) return null;
  return (
    <Section title={t("swarm.title")}>
      {swarm ? (
        <SwarmChat swarmId={swarm.id} mayWork={mayWork} />
      ) : (
        <p className="text-13 text-ink-3">{t("swarm.none")}</p>
      )}
      {mayStart ? (
        <Button
          size="sm"
          className="self-start"
          pending={startSwarm.isPending}
          onClick={() => startSwarm.mutate({ resolutionId })}
        >
          {t("swarm.start")}
        </Button>
      ) : null}
    </Section>
  );
}

function SwarmChat({ swarmId, mayWork }: { swarmId: string; mayWork: boolean }) {
  const t = useT(resolutionStrings);
  const tSlack = useT(slackMirrorStrings);
  const queryClient = useQueryClient();
  const { closeSwarm } = useResolutionActs();
  const { data, error, refetch } = useQuery(trpc.swarms.get.queryOptions({ swarmId }));
  const refresh = () => void queryClient.invalidateQueries(trpc.swarms.pathFilter());
  useSubscription(
    trpc.swarms.changes.subscriptionOptions({ swarmId }, { onStarted: refresh, onData: refresh }),
  );
  const talk = useRef<HTMLDivElement>(null);
  const count = data?.messages.length ?? 0;
  useEffect(() => {
    if (count > 0 && talk.current) talk.current.scrollTop = talk.current.scrollHeight;
  }, [count]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24" />;
  const names = data.participants.map(({ name, role }) =>
    role === "lead" ? t("swarm.lead", { name }) : name,
  );
  const isActive = data.status === "active";
  return (
    <>
      <p className="text-13 text-ink-2">
        <bdi className="font-medium text-ink-1">{data.name}</bdi>
        <span className="block">{t("swarm.people", { names: names.join(", ") })}</span>
      </p>
      <SlackMirror swarm={data} mayWork={mayWork} />
      {count === 0 ? (
        <p className="text-13 text-ink-3">{t("swarm.quiet")}</p>
      ) : (
        <div
          ref={talk}
          role="log"
          aria-label={t("swarm.title")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
          tabIndex={0}
          className="max-h-72 overflow-y-auto"
        >
          <ol className="flex flex-col gap-2">
            {data.messages.map((message) => (
              <li key={message.id} className="rounded-control bg-surface-2 p-2 text-13">
                <p className="text-12 text-ink-3">
                  <bdi className="font-medium">{message.authorName}</bdi> · <Time value={message.createdAt} />
                  {message.source === "slack" ? ` · ${tSlack("said")}` : null}
                  {message.editedAt && !message.deletedAt ? ` · ${tSlack("edited")}` : null}
                </p>
                {message.deletedAt ? (
                  <p className="text-ink-3">{tSlack("deleted")}</p>
                ) : (
                  <p dir="auto" className="break-words whitespace-pre-line">
                    {message.text}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </div>
      )}
      {isActive && mayWork ? (
        <>
          <SayForm swarmId={swarmId} />
          <BringIn swarmId={swarmId} present={data.participants.map(({ id }) => id)} />
          <Button
            size="sm"
            variant="ghost"
            className="self-start"
            pending={closeSwarm.isPending}
            onClick={() => closeSwarm.mutate({ swarmId })}
          >
            {t("swarm.close")}
          </Button>
        </>
      ) : null}
      {isActive ? null : <p className="text-13 text-ink-3">{t("swarm.closed")}</p>}
    </>
  );
}

function SayForm({ swarmId }: { swarmId: string }) {
  const t = useT(resolutionStrings);
  const { say } = useResolutionActs();
  const [content, setContent] = useState("");
  // kept until it was sent, so that trying again sends nothing twice
  const [clientId, setClientId] = useState(() => crypto.randomUUID());
  const send = () => {
    if (content.trim() === "" || say.isPending) return;
    say.mutate(
      { swarmId, content, clientId },
      {
        onSuccess: () => {
          setContent("");
          setClientId(crypto.randomUUID());
        },
      },
    );
  };
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label={t("swarm.text")}
        value={content}
        maxLength={8_000}
        rows={1}
        grows
        className="grow"
        boxClassName="max-h-40"
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        onChange={({ target }) => setContent(target.value)}
      />
      <Button type="submit" size="sm" disabled={content.trim() === ""} pending={say.isPending}>
        {t("swarm.send")}
      </Button>
    </form>
  );
}

function BringIn({ swarmId, present }: { swarmId: string; present: string[] }) {
  const t = useT(resolutionStrings);
  const { bringIn } = useResolutionActs();
  const { data } = useQuery(trpc.users.list.queryOptions({ pageSize: 100, status: "active" }));
  const absent = data?.items.filter(({ id }) => !present.includes(id)) ?? [];
  if (absent.length === 0) return null;
  return (
    <Select
      label={t("swarm.add")}
      value=""
      options={absent.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(userId) => bringIn.mutate({ swarmId, userId })}
    />
  );
}
