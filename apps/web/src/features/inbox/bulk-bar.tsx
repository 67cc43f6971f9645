import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Conversation } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, Menu, TextField, toast } from "../../ui/index.ts";
import { conversationStrings } from "./conversation.strings.ts";
import { deskStrings } from "./desk.strings.ts";
import { snoozeChoices } from "./snooze.ts";

interface BulkBarProps {
  selected: readonly Conversation[];
  onEnd: () => void;
}

/** Does the same to each of several conversations, and says of how many it was refused. */
export default function BulkBar({ selected, onEnd }: BulkBarProps) {
  const t = useT(deskStrings);
  const words = useT(conversationStrings);
  const [tag, setTag] = useState("");
  const takeOver = useMutation(trpc.conversations.takeOver.mutationOptions());
  const resolve = useMutation(trpc.conversations.resolve.mutationOptions());
  const update = useMutation(trpc.conversations.update.mutationOptions());
  const [isBusy, setBusy] = useState(false);

  async function each(act: (conversation: Conversation) => Promise<unknown>) {
    setBusy(true);
    const outcomes = await Promise.allSettled(selected.map(act));
    setBusy(false);
    const failed = outcomes.filter(({ status }) => status === "rejected").length;
    if (failed > 0) toast.failed(t("bulk.failed", { count: failed }));
    if (outcomes.length > failed) toast.done(t("bulk.done", { count: outcomes.length - failed }));
    onEnd();
    await queryClient.invalidateQueries(trpc.conversations.pathFilter());
  }
  function addTag(event: FormEvent) {
    event.preventDefault();
    const added = tag.trim();
    if (added === "") return;
    setTag("");
    void each(({ id, version, tags }) =>
      update.mutateAsync({ id, version, tags: [...new Set([...tags, added])] }),
    );
  }

  const disabled = isBusy || selected.length === 0;
  return (
    <section aria-label={t("select")} className="flex flex-col gap-2 border-t border-line px-4 py-3">
      <div className="flex items-center justify-between gap-2">
        <p role="status" className="text-13 font-medium">
          {t("selected", { count: selected.length })}
        </p>
        <Button size="sm" variant="ghost" onClick={onEnd}>
          {t("select.end")}
        </Button>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          disabled={disabled}
          onClick={() => void each(({ id }) => takeOver.mutateAsync({ id }))}
        >
          {t("bulk.take")}
        </Button>
        <Button
          size="sm"
          disabled={disabled}
          onClick={() => void each(({ id }) => resolve.mutateAsync({ id }))}
        >
          {t("bulk.resolve")}
        </Button>
        <Menu
          trigger={
            <Button size="sm" disabled={disabled}>
              {words("snooze")}
            </Button>
          }
          items={snoozeChoices.map(({ name, until }) => ({
            label: words(`snooze.${name}`),
            onSelect: () =>
              void each(({ id, version }) =>
                update.mutateAsync({ id, version, snoozedUntil: until(new Date()).toISOString() }),
              ),
          }))}
        />
      </div>
      <form onSubmit={addTag} className="flex items-end gap-2">
        <TextField
          className="grow"
          label={t("bulk.tagName")}
          labelHidden
          placeholder={t("bulk.tagName")}
          maxLength={50}
          value={tag}
          onChange={(event) => setTag(event.target.value)}
        />
        <Button type="submit" size="sm" disabled={disabled || tag.trim() === ""}>
          {t("bulk.tag")}
        </Button>
      </form>
    </section>
  );
}
