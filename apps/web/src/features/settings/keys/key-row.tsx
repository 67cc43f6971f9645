import { useT } from "../../../lib/i18n.ts";
import type { AccessKey } from "../../../lib/models.ts";
import { Badge, Button, Time } from "../../../ui/index.ts";
import { permissionStrings } from "./permissions.strings.ts";
import { keyStrings } from "./strings.ts";

const tones = { active: "good", stopped: "bad", expired: "warn", revoked: "neutral" } as const;

/** One key: what it may, whose it is, when it was used, and the ways to end it. */
export function KeyRow({
  apiKey,
  onRotate,
  onRevoke,
}: {
  apiKey: AccessKey;
  onRotate: () => void;
  onRevoke: () => void;
}) {
  const t = useT(keyStrings);
  const words = useT(permissionStrings);
  const { name, prefix, permissions, bot, status, createdBy, createdAt, expiresAt, lastUsedAt } = apiKey;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-72">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span dir="auto" className="text-match min-w-0 text-14 font-medium [overflow-wrap:anywhere]">
            {name}
          </span>
          <Badge tone={tones[status]}>{t(status)}</Badge>
        </div>
        <p className="text-13 text-ink-2">
          {permissions.map((permission) => words(permission)).join(", ")}
          {" · "}
          <bdi>{bot ? bot.name : t("anyBot")}</bdi>
          {" · "}
          <bdi className="font-mono text-12">{prefix}…</bdi>
        </p>
        {status === "stopped" ? <p className="text-13 text-bad">{t("stopped.text")}</p> : null}
        <p className="flex flex-wrap gap-x-2 text-13 text-ink-3">
          <span>
            {t("created")} <Time value={createdAt} />
            {createdBy ? (
              <>
                {" "}
                <bdi>{t("by", { name: createdBy.name })}</bdi>
              </>
            ) : null}
          </span>
          <span>
            {lastUsedAt ? (
              <>
                {t("lastUsed")} <Time value={lastUsedAt} />
              </>
            ) : (
              t("neverUsed")
            )}
          </span>
          {status === "active" ? (
            <span>
              {expiresAt ? (
                <>
                  {t("expires")} <Time value={expiresAt} />
                </>
              ) : (
                t("noExpiry")
              )}
            </span>
          ) : null}
          {apiKey.previousUntil ? (
            <span>
              {t("grace")} <Time value={apiKey.previousUntil} />
            </span>
          ) : null}
        </p>
      </div>
      {status === "revoked" ? null : (
        <div className="flex gap-2">
          {status === "active" || status === "stopped" ? (
            <Button size="sm" onClick={onRotate}>
              {t("rotate")}
            </Button>
          ) : null}
          <Button size="sm" variant="danger" onClick={onRevoke}>
            {t("revoke")}
          </Button>
        </div>
      )}
    </li>
  );
}
