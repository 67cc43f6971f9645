import { useT } from "../../../lib/i18n.ts";
import { cx } from "../../../ui/index.ts";
import type { FieldChange } from "./fields-changed.ts";
import { auditStrings } from "./strings.ts";

/** What each field was and what it became, side by side where there is room. */
export function ChangedFields({ changes }: { changes: readonly FieldChange[] }) {
  const t = useT(auditStrings);
  if (changes.length === 0) return <p className="text-13 text-ink-3">{t("nothing")}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {changes.map(({ name, before, after }) => (
        <li key={name} className="grid gap-x-3 gap-y-1 sm:grid-cols-[9rem_1fr]">
          <span className="pt-1 font-mono text-12 text-ink-3 [overflow-wrap:anywhere]">
            <bdi dir="ltr">{name}</bdi>
          </span>
          <div className="flex min-w-0 flex-wrap gap-1">
            <Value label={t("before")} value={before} tone="bg-bad-soft text-bad" />
            <Value label={t("after")} value={after} tone="bg-good-soft text-good" />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Value({ label, value, tone }: { label: string; value: string | null; tone: string }) {
  if (value === null) return null;
  return (
    <div
      className={cx("max-h-40 min-w-0 grow basis-48 overflow-auto rounded-control px-2 py-1 text-13", tone)}
    >
      <span className="sr-only">{label}: </span>
      <span dir="auto" className="block whitespace-pre-wrap [overflow-wrap:anywhere]">
        {value === "" ? "—" : value}
      </span>
    </div>
  );
}
