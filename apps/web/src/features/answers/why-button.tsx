import { Waypoints } from "lucide-react";
import { useId, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button } from "../../ui/index.ts";
import { answerStrings } from "./strings.ts";
import { WhyAnswer } from "./why-answer.tsx";

/** The button that opens the stages behind an answer, below itself and whatever stands beside it. */
export function WhyButton({ answerId, beside }: { answerId: string; beside?: React.ReactNode }) {
  const t = useT(answerStrings);
  const [open, setOpen] = useState(false);
  const details = useId();
  return (
    <>
      <div className="mt-1.5 -ms-1.5 flex items-center gap-1">
        {beside}
        <Button
          size="sm"
          variant="ghost"
          icon={<Waypoints className="size-4" aria-hidden />}
          aria-expanded={open}
          aria-controls={open ? details : undefined}
          onClick={() => setOpen(!open)}
        >
          {t("why.title")}
        </Button>
      </div>
      {open ? (
        <div id={details}>
          <WhyAnswer answerId={answerId} />
        </div>
      ) : null}
    </>
  );
}
