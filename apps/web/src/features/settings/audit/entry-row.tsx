import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { AuditEntry } from "../../../lib/models.ts";
import { Button, buttonClass, Time } from "../../../ui/index.ts";
import { useActionWords } from "./action-words.ts";
import { useActorName } from "./actor-name.ts";
import { ChangedFields } from "./changed-fields.tsx";
import { fieldsChanged } from "./fields-changed.ts";
import { auditStrings } from "./strings.ts";
import { subjectLink } from "./subject-link.ts";

interface EntryRowProps {
  entry: AuditEntry;
  onActor: () => void;
  onSubject: () => void;
}

/** One change: who did what to what; unfolded, what it was before, and where it came from. */
export function EntryRow({ entry, onActor, onSubject }: EntryRowProps) {
  const t = useT(auditStrings);
  const actionWords = useActionWords();
  const actorName = useActorName();
  const name = nameOf(entry);
  const link = subjectLink(entry);
  return (
    <li>
      <details className="group">
        <summary className="flex cursor-pointer list-none items-start gap-2 px-3 py-2.5 hover:bg-surface-2 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            className="flip-rtl mt-0.5 size-4 shrink-0 text-ink-3 transition-transform group-open:rotate-90 rtl:group-open:-rotate-90"
            aria-hidden
          />
          <span className="flex min-w-0 grow flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <span className="text-14 font-medium">
              <bdi>{actionWords(entry.action)}</bdi>
            </span>
            {name ? (
              <span dir="auto" className="text-match min-w-0 truncate text-14 text-ink-2">
                {name}
              </span>
            ) : null}
            <span className="text-13 text-ink-2">
              <bdi>{actorName(entry.actor)}</bdi>
            </span>
            <Time value={entry.createdAt} className="ms-auto text-13 text-ink-3" />
          </span>
        </summary>
        <div className="flex flex-col gap-3 border-t border-line bg-surface-0 px-4 py-3">
          <h3 className="sr-only">{t("details")}</h3>
          <ChangedFields changes={fieldsChanged(entry.before, entry.after)} />
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-13 text-ink-2">
            <Fact label={t("fromAddress")} value={entry.ipAddress} />
            <Fact label={t("browser")} value={entry.userAgent} />
            <Fact label={t("request")} value={entry.requestId} />
            <Fact label={t("number")} value={entry.sequence === null ? null : String(entry.sequence)} />
          </dl>
          <div className="flex flex-wrap gap-2">
            {link ? (
              <Link {...link} className={buttonClass("secondary", "sm")}>
                {t("open")}
              </Link>
            ) : null}
            <Button size="sm" onClick={onActor}>
              {t("byActor")}
            </Button>
            <Button size="sm" onClick={onSubject}>
              {t("bySubject")}
            </Button>
          </div>
        </div>
      </details>
    </li>
  );
}

function Fact({ label, value }: { label: string; value: string | null }) {
  if (value === null) return null;
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        <bdi dir="ltr">{value}</bdi>
      </dd>
    </>
  );
}

/** What the thing was called, where the entry tells. */
function nameOf({ before, after }: AuditEntry): string | null {
  for (const fields of [after, before]) {
    for (const key of ["name", "title", "email", "fileName"]) {
      const value = fields?.[key];
      if (typeof value === "string" && value !== "") return value;
    }
  }
  return null;
}
