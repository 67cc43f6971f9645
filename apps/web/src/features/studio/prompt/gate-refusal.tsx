import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { Button, Dialog, TextArea, uiStrings } from "../../../ui/index.ts";
import { EvaluateButton } from "./evaluate-button.tsx";
import { gateStrings } from "./gate-strings.ts";

/** Why the text was not published, what to run, and a way past it that asks for a reason. */
export default function GateRefusal({
  botId,
  content,
  message,
  pending,
  onPublish,
}: {
  botId: string;
  content: string;
  message: string;
  pending: boolean;
  onPublish: (reason: string) => void;
}) {
  const t = useT(gateStrings);
  const ui = useT(uiStrings);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const isShort = reason.trim().length < 3;
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-control bg-warn-soft p-3 text-13">
      <p className="font-medium text-warn">{t("refused")}</p>
      <p className="text-ink-1">{message}</p>
      <div className="flex flex-wrap gap-2">
        <EvaluateButton botId={botId} label={t("run")} prompt={content} />
        <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
          {t("override")}
        </Button>
      </div>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("override.title")}
        description={t("override.text")}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{ui("cancel")}</Button>
            <Button
              variant="danger"
              pending={pending}
              onClick={() => {
                setTried(true);
                if (!isShort) onPublish(reason.trim());
              }}
            >
              {t("override.action")}
            </Button>
          </>
        }
      >
        <TextArea
          label={t("override.reason")}
          value={reason}
          maxLength={500}
          error={tried && isShort ? t("override.short") : null}
          onChange={({ target }) => setReason(target.value)}
        />
      </Dialog>
    </div>
  );
}
