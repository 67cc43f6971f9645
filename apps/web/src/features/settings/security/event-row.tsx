import { useT } from "../../../lib/i18n.ts";
import type { SecurityEvent } from "../../../lib/models.ts";
import { Badge, Time, type Tone } from "../../../ui/index.ts";
import { kindStrings } from "./kinds.strings.ts";
import { securityStrings } from "./strings.ts";

const tones = { info: "neutral", warning: "warn", critical: "bad" } as const satisfies Record<
  SecurityEvent["severity"],
  Tone
>;

/** One event: what happened to whom, where from, and what to do. */
export function EventRow({ event }: { event: SecurityEvent }) {
  const t = useT(securityStrings);
  const words = useT(kindStrings);
  const { kind, severity, user, ipAddress, userAgent, createdAt } = event;
  return (
    <li className="flex flex-col gap-1 px-3 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-14 font-medium">{words(kind)}</span>
        <Badge tone={tones[severity]}>{t(`severity.${severity}`)}</Badge>
        <Time value={createdAt} className="ms-auto text-13 text-ink-3" />
      </div>
      <p className="flex flex-wrap gap-x-2 text-13 text-ink-2">
        <bdi>{user ? (user.name ?? t("former")) : t("nobody")}</bdi>
        {ipAddress ? <bdi>{t("fromAddress", { address: ipAddress })}</bdi> : null}
      </p>
      {severity === "info" ? null : <p className="max-w-prose text-13 text-ink-2">{words(`todo.${kind}`)}</p>}
      {userAgent ? (
        <p className="truncate text-12 text-ink-3" title={userAgent}>
          <bdi dir="ltr">{userAgent}</bdi>
        </p>
      ) : null}
    </li>
  );
}
