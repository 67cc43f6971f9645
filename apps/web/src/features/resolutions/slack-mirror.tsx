import { useT } from "../../lib/i18n.ts";
import { Badge, Button, StatusDot } from "../../ui/index.ts";
import { slackMirrorStrings } from "./slack-mirror.strings.ts";
import type { SwarmDetail } from "./statuses.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

/** Whether a swarm's talk stands in a channel of Slack too, and if not, why and what to do. */
export function SlackMirror({ swarm, mayWork }: { swarm: SwarmDetail; mayWork: boolean }) {
  const t = useT(slackMirrorStrings);
  const { mirror } = useResolutionActs();
  const { mirror: standing, slackChannelName, canMirror, id: swarmId } = swarm;
  const { state, reason, failure } = standing;
  const ask =
    canMirror && mayWork ? (
      <Button
        size="sm"
        className="self-start"
        pending={mirror.isPending}
        onClick={() => mirror.mutate({ swarmId })}
      >
        {state === "none" ? t("ask") : t("again")}
      </Button>
    ) : null;
  if (state === "none") return ask;
  if (state === "pending") {
    return <StatusDot pulse tone="info" label={slackChannelName === null ? t("making") : t("catchingUp")} />;
  }
  if (state === "linked") {
    return (
      <p className="text-13 text-ink-2 [overflow-wrap:anywhere]">
        <Badge tone="good">{t("linked")}</Badge> <bdi>{slackChannelName}</bdi>
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1 text-13" role="status">
      <StatusDot tone="bad" label={t("failed")} />
      <p className="text-ink-2">
        {reason ? t(`reason.${reason}`) : null} {t("kept")}
      </p>
      {failure && (reason === "token" || reason === "refused") ? (
        <p dir="auto" className="text-start text-12 text-ink-3 [overflow-wrap:anywhere]">
          {failure}
        </p>
      ) : null}
      {ask}
    </div>
  );
}
