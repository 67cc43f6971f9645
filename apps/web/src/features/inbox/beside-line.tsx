import { Eye } from "lucide-react";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { localeOf } from "../../lib/preferences.ts";
import type { BesideState } from "./use-beside.ts";
import { writingStrings } from "./writing.strings.ts";

/** Says who else is there: a warning where a colleague writes a reply at the same time. */
export function BesideLine({
  beside: { people, customerWrites },
  name,
}: {
  beside: BesideState;
  name: string;
}) {
  const t = useT(writingStrings);
  const list = new Intl.ListFormat(localeOf(useLanguage()));
  const replies = people.filter(({ writes }) => writes === "reply");
  const notes = people.filter(({ writes }) => writes === "note");
  const look = people.filter(({ writes }) => writes === null);
  const names = (those: typeof people) => list.format(those.map((person) => person.name));
  return (
    <div role="status" className="flex shrink-0 flex-col gap-1 px-3 text-13 md:px-4">
      {replies.length > 0 ? (
        <p className="mb-1 rounded-control bg-warn-soft px-3 py-2 font-medium text-warn">
          {t("beside.replies", { names: names(replies) })}
        </p>
      ) : null}
      {notes.length > 0 ? <p className="text-ink-2">{t("beside.notes", { names: names(notes) })}</p> : null}
      {look.length > 0 ? (
        <p className="flex items-center gap-2 text-ink-2">
          <Eye className="size-4 shrink-0" aria-hidden />
          {t("beside.looks", { names: names(look) })}
        </p>
      ) : null}
      {customerWrites ? <p className="text-ink-2">{t("beside.customer", { name })}</p> : null}
    </div>
  );
}
