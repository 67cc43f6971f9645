import type { Bot } from "../../lib/models.ts";

/** What the list may be narrowed to, in the order of a bot's life. */
export const botStatuses = [
  "CREATING",
  "PROCESSING_DOCUMENTS",
  "READY",
  "UPDATING",
  "ERROR",
] as const satisfies readonly Bot["status"][];

export const botSorts = ["createdAt", "updatedAt", "name"] as const;

/** What the URL says of them; what it says wrongly is left out. */
export function listChoices({ status, sort }: { status?: string; sort?: string }) {
  return {
    status: botStatuses.find((each) => each === status),
    sort: botSorts.find((each) => each === sort),
  };
}
