import type { Inputs, Outputs } from "../../lib/trpc.ts";

/** Which days and whose questions: kept in the address, so that a link shows the same. */

export type Figures = Outputs["analytics"]["getBotSpecific"];
export type Overview = Outputs["analytics"]["getOverview"];
type RangeInput = NonNullable<Inputs["analytics"]["getOverview"]>;

export const presets = ["today", "7d", "30d", "90d", "thisMonth", "lastMonth", "custom"] as const;
export type Preset = (typeof presets)[number];
export const audiences = ["all", "visitors", "members"] as const;
export type Audience = (typeof audiences)[number];

/** As the address has it; what is absent or unknown means thirty days of everyone. */
export interface RangeSearch {
  range?: string;
  from?: string;
  to?: string;
  audience?: string;
}

export interface Range {
  preset: Preset;
  from: string;
  to: string;
  audience: Audience;
}

export function rangeOf({ range, from = "", to = "", audience }: RangeSearch): Range {
  return {
    preset: presets.find((each) => each === range) ?? "30d",
    from,
    to,
    audience: audiences.find((each) => each === audience) ?? "all",
  };
}

/** What the server is asked for; null until both days of a range of one's own are given. */
export function inputOf({ preset, from, to, audience }: Range, timeZone: string): RangeInput | null {
  if (preset !== "custom") return { dateRangePreset: preset, audience, timeZone };
  return from === "" || to === ""
    ? null
    : { dateRangePreset: preset, startDate: from, endDate: to, audience, timeZone };
}

/** What stands in the address: nothing for what is meant without it. */
export function searchOfRange({ preset, from, to, audience }: Range): RangeSearch {
  return {
    ...(preset === "30d" ? {} : { range: preset }),
    ...(preset === "custom" && from !== "" ? { from } : {}),
    ...(preset === "custom" && to !== "" ? { to } : {}),
    ...(audience === "all" ? {} : { audience }),
  };
}

export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
