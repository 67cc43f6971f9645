import { Clock, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ConversationDetail } from "../../lib/models.ts";
import { Button, IconButton, Menu, Select, TextField, Time } from "../../ui/index.ts";
import { conversationStrings } from "./conversation.strings.ts";
import { snoozeChoices } from "./snooze.ts";
import { inboxStrings } from "./strings.ts";
import { useChange } from "./use-change.ts";

const severities = ["P0", "P1", "P2", "P3"] as const;
const unjudged = "none";

/** How bad it is, its tags, and until when it is out of sight: changed where they are shown. */
export function Properties({ conversation }: { conversation: ConversationDetail }) {
  const t = useT(conversationStrings);
  const words = useT(inboxStrings);
  const { severity, tags, snoozedUntil, allowed, status } = conversation;
  const change = useChange(conversation);
  if (!allowed.note) return null;
  return (
    <div className="mt-4 flex flex-col gap-3 border-t border-line pt-4">
      <Select
        label={t("severity")}
        value={severity ?? unjudged}
        options={[
          { value: unjudged, label: t("severity.none") },
          ...severities.map((value) => ({ value, label: words(`severity.${value}`) })),
        ]}
        onChange={(value) => change({ severity: value === unjudged ? null : value })}
      />
      <Tags tags={tags} onChange={(next) => change({ tags: next })} />
      {status === "resolved" || status === "closed" ? null : snoozedUntil ? (
        <div className="flex items-center justify-between gap-2">
          <p className="text-13 text-ink-2">
            {t("snoozed.until")} <Time value={snoozedUntil} />
          </p>
          <Button size="sm" onClick={() => change({ snoozedUntil: null })}>
            {t("wake")}
          </Button>
        </div>
      ) : (
        <Menu
          trigger={
            <Button size="sm" icon={<Clock className="size-4" aria-hidden />}>
              {t("snooze")}
            </Button>
          }
          items={snoozeChoices.map(({ name, until }) => ({
            label: t(`snooze.${name}`),
            onSelect: () => change({ snoozedUntil: until(new Date()).toISOString() }),
          }))}
        />
      )}
    </div>
  );
}

function Tags({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const t = useT(conversationStrings);
  const [text, setText] = useState("");
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const tag = text.trim();
    if (tag !== "" && !tags.includes(tag)) onChange([...tags, tag]);
    setText("");
  }
  return (
    <div>
      <TextField
        label={t("tags")}
        hint={t("tags.hint")}
        value={text}
        maxLength={50}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      {tags.length > 0 ? (
        <ul aria-label={t("tags")} className="mt-2 flex flex-wrap gap-1">
          {tags.map((tag) => (
            <li key={tag} className="flex items-center gap-1 rounded-control bg-surface-2 ps-2 text-13">
              <bdi>{tag}</bdi>
              <IconButton
                size="sm"
                label={t("tags.remove", { tag })}
                icon={<X className="size-3.5" aria-hidden />}
                onClick={() => onChange(tags.filter((each) => each !== tag))}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
