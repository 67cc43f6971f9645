/** How a message looks, everywhere. */
export { AnswerText } from "./answer-text.tsx";
export { CitationMark, CitationSource, passageOf } from "./citation-mark.tsx";
export { Confidence, VerificationLine } from "./confidence.tsx";
export {
  citationsOf,
  filesOf,
  type SentFile,
  textOf,
  type Verification,
  verificationOf,
} from "./message-parts.ts";
export { MessageView } from "./message-view.tsx";
