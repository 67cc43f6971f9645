import { useT } from "../../lib/i18n.ts";
import type { Citation } from "../../lib/models.ts";
import { Time } from "../../ui/time.tsx";
import { messageStrings } from "./strings.ts";

/** How old a cited source is, and whether it still says what was cited. Nothing for sources without a date. */
export function SourceAge({ source }: Pick<Citation, "source">) {
  const t = useT(messageStrings);
  if (source.state !== "current") {
    return <p className="mt-1 text-12 text-warn">{t(`source.${source.state}`)}</p>;
  }
  if (source.updatedAt === null) return null;
  return (
    <p className={`mt-1 text-12 ${source.isStale ? "text-warn" : "text-ink-3"}`}>
      {t(source.isStale ? "source.stale" : "source.updated")} <Time value={source.updatedAt} />
    </p>
  );
}
