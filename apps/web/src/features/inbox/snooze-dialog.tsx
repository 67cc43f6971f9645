import { useT } from "../../lib/i18n.ts";
import type { ConversationDetail } from "../../lib/models.ts";
import { Button, Dialog } from "../../ui/index.ts";
import { conversationStrings } from "./conversation.strings.ts";
import { snoozeChoices } from "./snooze.ts";
import { useChange } from "./use-change.ts";

/** Until when a conversation is put aside: what its key asks. */
export default function SnoozeDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationDetail;
  onClose: () => void;
}) {
  const t = useT(conversationStrings);
  const change = useChange(conversation);
  return (
    <Dialog open onClose={onClose} title={t("snooze")}>
      <div className="flex flex-col gap-2">
        {snoozeChoices.map(({ name, until }) => (
          <Button
            key={name}
            onClick={() => {
              change({ snoozedUntil: until(new Date()).toISOString() });
              onClose();
            }}
          >
            {t(`snooze.${name}`)}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
