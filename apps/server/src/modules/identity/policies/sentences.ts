import type { Role } from "../../../platform/ctx/index.ts";

/** Who may do what, as sentences: "manage bots: owner, admin". */
export type Sentences = Record<string, readonly Role[]>;
