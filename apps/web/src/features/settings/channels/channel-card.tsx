import { useT } from "../../../lib/i18n.ts";
import { Button, Panel, StatusDot, Time } from "../../../ui/index.ts";
import type { Act } from "./channels-tab.tsx";
import type { Connection, KindOfChannel } from "./kinds.ts";
import { channelStrings } from "./strings.ts";

const tones = { connected: "good", failing: "bad", unreadable: "bad" } as const;

/** One kind of channel: whether it is connected and works, and what can be done with it. */
export function ChannelCard({
  of: { kind, about },
  connection,
  mayManage,
  onAct,
}: {
  of: KindOfChannel;
  connection: Connection | null;
  mayManage: boolean;
  onAct: (act: Act) => void;
}) {
  const t = useT(channelStrings);
  const title = t(`${kind}.title`);
  return (
    <Panel
      title={title}
      description={<p className="max-w-prose">{t(`${kind}.text`)}</p>}
      action={
        mayManage && connection === null ? (
          <Button aria-label={t("connect.of", { kind: title })} onClick={() => onAct("connect")}>
            {t("connect")}
          </Button>
        ) : null
      }
    >
      {connection === null ? (
        <p className="rounded-control bg-surface-2 px-3 py-3 text-14 text-ink-2">{t(`${kind}.none`)}</p>
      ) : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <Standing connection={connection} {...about(connection.settings)} />
          <div className="flex flex-wrap gap-2">
            {connection.status === "unreadable" ? null : (
              <Button size="sm" aria-label={t("test.of", { kind: title })} onClick={() => onAct("test")}>
                {t("test")}
              </Button>
            )}
            {mayManage ? (
              <>
                <Button
                  size="sm"
                  aria-label={t("change.of", { kind: title })}
                  onClick={() => onAct("connect")}
                >
                  {t("change")}
                </Button>
                <Button
                  size="sm"
                  variant="danger"
                  aria-label={t("disconnect.of", { kind: title })}
                  onClick={() => onAct("disconnect")}
                >
                  {t("disconnect")}
                </Button>
              </>
            ) : null}
          </div>
        </div>
      )}
      {mayManage ? null : <p className="mt-3 text-13 text-ink-3">{t("onlyAdmins")}</p>}
    </Panel>
  );
}

function Standing({
  connection,
  account,
  sender,
}: {
  connection: Connection;
  account: string | null;
  sender: string | null;
}) {
  const t = useT(channelStrings);
  const { name, status, lastError, lastErrorAt, connectedAt } = connection;
  return (
    <div className="min-w-0 grow basis-64">
      <div className="flex flex-wrap items-center gap-x-3">
        <span dir="auto" className="text-match text-14 font-medium [overflow-wrap:anywhere]">
          {name}
        </span>
        <StatusDot tone={tones[status]} label={t(`status.${status}`)} />
        <span className="text-13 text-ink-3">
          {t("since")} <Time value={connectedAt} />
        </span>
      </div>
      <p className="flex flex-wrap gap-x-2 text-13 text-ink-2 [overflow-wrap:anywhere]">
        {account === null ? null : <bdi>{account}</bdi>}
        {sender === null ? null : <bdi>{t("from", { sender: `\u2066${sender}\u2069` })}</bdi>}
      </p>
      {lastError === null ? null : (
        <div className="mt-1 text-13 text-bad">
          <p dir="auto" className="text-start [overflow-wrap:anywhere]">
            {lastError}
          </p>
          {lastErrorAt === null ? null : (
            <p>
              {t("failedAt")} <Time value={lastErrorAt} />
            </p>
          )}
        </div>
      )}
    </div>
  );
}
