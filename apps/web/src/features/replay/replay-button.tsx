import { RotateCcw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { Button } from "../../ui/index.ts";
import { replayStrings } from "./strings.ts";

const ReplayDialog = lazy(() => import("./replay-dialog.tsx"));

/** For those who may evaluate; nothing for others. With `answerId` only the question of that answer. */
export function ReplayButton({ conversationId, answerId }: { conversationId: string; answerId?: string }) {
  const t = useT(replayStrings);
  const session = useSession();
  const [open, setOpen] = useState(false);
  if (!may(session, "evaluate bots")) return null;
  return (
    <>
      <Button
        size="sm"
        icon={<RotateCcw className="flip-rtl size-4" aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t(answerId === undefined ? "try.conversation" : "try.answer")}
      </Button>
      {open ? (
        <Suspense>
          <ReplayDialog
            conversationId={conversationId}
            {...(answerId === undefined ? {} : { answerId })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
