/** How an answer came about; the playground, the inbox and the analytics show it. */
export { CandidateTable } from "./candidate-table.tsx";
export type { CandidateList } from "./candidates.ts";
export { StageStrip } from "./stage-strip.tsx";
export { answerStages, isAnswerStage } from "./stages.ts";
export { WhyAnswer } from "./why-answer.tsx";
export { WhyButton } from "./why-button.tsx";
export { WhyDialog } from "./why-dialog.tsx";
