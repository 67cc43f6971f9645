import type { Inputs, Outputs } from "../../lib/trpc.ts";

type Asked = NonNullable<Inputs["conversations"]["list"]["filter"]>;

/** What the list is asked for, with several values of each field. */
export type Filter = Omit<Asked, "assigneeId" | "teamId"> &
  Pick<Outputs["views"]["list"][number]["filter"], "assigneeId" | "teamId">;

export const statuses = [
  "new",
  "ai_handling",
  "escalated",
  "awaiting_agent",
  "awaiting_customer",
  "resolved",
  "closed",
] as const;
export const severities = ["P0", "P1", "P2", "P3"] as const;
export const channels = [
  "widget",
  "playground",
  "portal",
  "api",
  "email",
  "whatsapp",
  "facebook",
  "twitter",
  "sms",
  "voice",
  "slack",
] as const;

/** Stands for nobody, where an id would stand. */
export const nobody = "none";
/** Of one field; the server holds to the same. */
const mostValues = 20;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a filter out of the URL: `severity:P0,P1;tags:refund`. What makes no sense is left out. */
export function filterOf(text: string | undefined): Filter {
  const said = new Map(
    (text ?? "").split(";").map((part): [string, string[]] => {
      const at = part.indexOf(":");
      return [
        part.slice(0, at),
        part
          .slice(at + 1)
          .split(",")
          .flatMap(decoded),
      ];
    }),
  );
  const some = <Value extends string>(name: string, known: readonly Value[]) => {
    const values = known.filter((value) => said.get(name)?.includes(value));
    return values.length > 0 ? { [name]: values } : {};
  };
  const ids = (name: string) => {
    const values = [...new Set(said.get(name))].flatMap((value) =>
      value === nobody ? null : UUID.test(value) ? value : [],
    );
    return values.length > 0 ? { [name]: values.slice(0, mostValues) } : {};
  };
  const tags = said.get("tags")?.filter((tag) => tag.trim() !== "" && tag.length <= 50);
  return {
    ...some("status", statuses),
    ...some("severity", severities),
    ...some("channel", channels),
    ...ids("assigneeId"),
    ...ids("teamId"),
    ...(tags && tags.length > 0 ? { tags: tags.slice(0, mostValues) } : {}),
    ...(said.get("slaBreached")?.[0] === "true" ? { slaBreached: true } : {}),
  };
}

/** The filter as the URL has it; undefined where it lets everything through. */
export function textOf(filter: Filter): string | undefined {
  const parts = (["status", "severity", "channel", "assigneeId", "teamId", "tags", "slaBreached"] as const)
    .map((name): [string, unknown] => [name, filter[name]])
    .flatMap(([name, value]) => {
      if (value === undefined || value === false) return [];
      const values = [value].flat().map((one) => encodeURIComponent(String(one ?? nobody)));
      return values.length === 0 ? [] : [`${name}:${values.join(",")}`];
    });
  return parts.length === 0 ? undefined : parts.join(";");
}

/** In how many ways it narrows the list. */
export function sizeOf(filter: Filter): number {
  return textOf(filter)?.split(";").length ?? 0;
}

function decoded(text: string): string[] {
  try {
    return [decodeURIComponent(text)];
  } catch {
    return []; // half of an escape
  }
}
