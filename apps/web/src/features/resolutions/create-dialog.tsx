import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, Dialog, TextArea, TextField, toast } from "../../ui/index.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

/** Opens the work behind a conversation. */
export function CreateDialog({
  open,
  conversationId,
  onClose,
}: {
  open: boolean;
  conversationId: string;
  onClose: () => void;
}) {
  const t = useT(resolutionStrings);
  const { create } = useResolutionActs();
  const [issueType, setIssueType] = useState("");
  const [owningTeam, setOwningTeam] = useState("");
  const [notes, setNotes] = useState("");
  const [withSwarm, setWithSwarm] = useState(false);
  const submit = () =>
    create.mutate(
      {
        conversationId,
        issueType,
        owningTeam,
        createSwarm: withSwarm,
        ...(notes.trim() ? { initialNotes: notes } : {}),
      },
      {
        onSuccess: () => {
          toast.done(t("create.done"));
          onClose();
        },
      },
    );
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("create.title")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            variant="primary"
            disabled={issueType.trim() === "" || owningTeam.trim() === ""}
            pending={create.isPending}
            onClick={submit}
          >
            {t("create.submit")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label={t("create.issue")}
          hint={t("create.issueHint")}
          value={issueType}
          maxLength={60}
          onChange={({ target }) => setIssueType(target.value)}
        />
        <TextField
          label={t("team")}
          value={owningTeam}
          maxLength={60}
          onChange={({ target }) => setOwningTeam(target.value)}
        />
        <TextArea
          label={t("create.notes")}
          value={notes}
          maxLength={8_000}
          onChange={({ target }) => setNotes(target.value)}
        />
        <label className="flex items-center gap-2 text-14">
          <input
            type="checkbox"
            checked={withSwarm}
            onChange={({ target }) => setWithSwarm(target.checked)}
          />
          {t("create.swarm")}
        </label>
      </div>
    </Dialog>
  );
}
