import { useT } from "../../lib/i18n.ts";
import { Dialog } from "../../ui/index.ts";
import { answerStrings } from "./strings.ts";
import { WhyAnswer } from "./why-answer.tsx";

/** The stages behind an answer, where its conversation is not at hand. */
export function WhyDialog({
  answerId,
  question,
  onClose,
}: {
  answerId: string | null;
  question: string;
  onClose: () => void;
}) {
  const t = useT(answerStrings);
  return (
    <Dialog
      open={answerId !== null}
      onClose={onClose}
      title={t("why.title")}
      description={<bdi>{question}</bdi>}
      wide
    >
      {answerId === null ? null : <WhyAnswer answerId={answerId} />}
    </Dialog>
  );
}
