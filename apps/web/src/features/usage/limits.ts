import type { Format } from "../../lib/format.ts";
import type { Usage } from "../../lib/models.ts";

export type Limit = Usage["limits"][number];
export type LimitName = Limit["limit"];

/** From here on a limit is pointed out before it is reached. */
const nearShare = 0.8;

export type Fill = "free" | "near" | "full";

export function fillOf({ unlimited, share }: Pick<Limit, "unlimited" | "share">): Fill {
  if (unlimited || share < nearShare) return "free";
  return share < 1 ? "near" : "full";
}

export const fillTones = { free: "accent", near: "warn", full: "bad" } as const;

/** An amount of what is limited, as people read it: a size, or a number. */
export function amountOf(limit: LimitName, value: number, format: Format): string {
  return limit === "storage" ? format.bytes(value) : format.number(value);
}
