import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button } from "../../ui/index.ts";
import { WhyDialog } from "../answers/index.ts";
import { analyticsStrings } from "./strings.ts";

/** The stages behind an answer, opened over the page. */
export function WhyThis({ answerId, question }: { answerId: string; question: string }) {
  const t = useT(analyticsStrings);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
        {t("why")}
      </Button>
      <WhyDialog answerId={open ? answerId : null} question={question} onClose={() => setOpen(false)} />
    </>
  );
}
