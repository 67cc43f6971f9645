/** Checking an answer against its sources. Pure; no model, no I/O. */
export { findContradictions, type Place } from "./contradictions.ts";
export { isDoubtful, turnedBy } from "./judging.ts";
export type { Passage } from "./source.ts";
export { type Claim, shareSupported, type Verification, verifyAnswer } from "./verify-answer.ts";
