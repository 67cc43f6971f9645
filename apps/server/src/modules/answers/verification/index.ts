/** Checking an answer against its sources. Pure; no model, no I/O. */
export type { Passage } from "./source.ts";
export { type Claim, type Verification, verifyAnswer } from "./verify-answer.ts";
