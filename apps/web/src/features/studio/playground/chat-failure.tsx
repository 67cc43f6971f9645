import { RotateCcw } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { Button } from "../../../ui/index.ts";
import { readChatError } from "./chat-error.ts";
import { playgroundStrings } from "./strings.ts";

/** No answer came, or it broke off: what happened, what was kept, and the way on. */
export function ChatFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useT(playgroundStrings);
  const { kind, message } = readChatError(error);
  return (
    <div
      role="alert"
      className="mx-4 my-2 flex flex-wrap items-center gap-3 rounded-panel border border-line bg-bad-soft p-3"
    >
      <div className="min-w-40 grow text-13">
        <p className="font-medium text-bad">{t(kind === "quota" ? "error.quota" : "error.title")}</p>
        <p dir="auto" className="text-ink-1">
          {kind === "offline" ? t("error.offline") : (message ?? t("error.unknown"))}
        </p>
      </div>
      <Button size="sm" icon={<RotateCcw className="size-4" aria-hidden />} onClick={onRetry}>
        {t("error.retry")}
      </Button>
    </div>
  );
}
