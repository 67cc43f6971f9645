import { createHash } from "node:crypto";
import { word } from "./words.ts";

export interface KindOfList {
  name: string;
  /** The query string of the nth request. */
  query(next: () => number, nth: number): string;
}

/** The same ids as `fill.ts` gives. */
function idOf(tenantId: string, what: string): string {
  const hex = createHash("md5").update(`${tenantId}${what}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const asked = (query: Record<string, string | number>) =>
  new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();

/** Seed 004's filters and orders, alone and together; each request asks for another value where there are several. */
export function kindsOfList(tenantId: string, conversations: number): KindOfList[] {
  const pick = <Value>(values: readonly Value[], nth: number) => values[Math.max(0, nth) % values.length];
  const recent = { sortBy: "last_message_at" };
  const customers = Math.floor(conversations / 3);
  const deepest = Math.floor(Math.min(50_000, conversations * 0.9) / 20);
  const one = (name: string, query: Record<string, string | number>): KindOfList => ({
    name,
    query: () => asked(query),
  });
  return [
    one("first page, as opened", {}),
    one("first page, by last message", recent),
    one("first page, oldest first", { ...recent, sortOrder: "asc" }),
    one("first page, by what is due", { sortBy: "sla_due_at", sortOrder: "asc" }),
    one("first page of 100", { ...recent, pageSize: 100 }),
    {
      name: "a state",
      query: (_, nth) =>
        asked({ ...recent, state: pick(["escalated", "awaiting_agent", "resolved", "new"], nth) ?? "" }),
    },
    one("open states together", {
      ...recent,
      state: "new,ai_handling,escalated,awaiting_agent,awaiting_customer",
    }),
    {
      name: "an agent's",
      query: (next) =>
        asked({ ...recent, assignedAgentId: idOf(tenantId, `agent${Math.floor(next() * 50)}`) }),
    },
    {
      name: "an agent's open ones",
      query: (next) =>
        asked({
          ...recent,
          assignedAgentId: idOf(tenantId, `agent${Math.floor(next() * 50)}`),
          state: "awaiting_agent,awaiting_customer",
        }),
    },
    {
      name: "a team's",
      query: (next) => asked({ ...recent, assignedTeamId: idOf(tenantId, `team${Math.floor(next() * 8)}`) }),
    },
    {
      name: "a severity",
      query: (_, nth) => asked({ ...recent, severity: pick(["P0", "P1", "P2"], nth) ?? "" }),
    },
    {
      name: "a channel",
      query: (_, nth) => asked({ ...recent, channel: pick(["email", "web_chat"], nth) ?? "" }),
    },
    one("broken promises", { ...recent, slaBreach: "true" }),
    {
      name: "a customer's",
      query: (next) => asked({ customerId: idOf(tenantId, `customer${Math.floor(next() * customers)}`) }),
    },
    one("a common tag", { ...recent, tags: "refund" }),
    {
      name: "a rare tag",
      query: (next) => asked({ ...recent, tags: `campaign ${Math.floor((next() * conversations) / 500)}` }),
    },
    one("four filters at once", {
      ...recent,
      state: "resolved",
      severity: "P2",
      channel: "email",
      tags: "refund",
    }),
    {
      name: "a deep page, jumped to",
      query: (next) => asked({ ...recent, page: 1 + Math.floor(next() * deepest) }),
    },
    {
      name: "deep pages, one after the other",
      query: (_, nth) => asked({ ...recent, page: Math.max(4, deepest - 100) + nth }),
    },
    {
      name: "search: an order number",
      query: (next) => asked({ ...recent, search: `order${Math.floor((next() * conversations) / 4)}` }),
    },
    {
      name: "search: two words of a message",
      query: (next) =>
        asked({
          ...recent,
          search: `${word(20 + Math.floor(next() * 40))} ${word(60 + Math.floor(next() * 140))}`,
        }),
    },
    {
      name: "search: an uncommon word",
      query: (next) => asked({ ...recent, search: word(1_000 + Math.floor(next() * 2_000)) }),
    },
    {
      name: "search: a common word",
      query: (next) => asked({ ...recent, search: word(5 + Math.floor(next() * 20)) }),
    },
    one("search: nothing found", { ...recent, search: "nowhere" }),
  ];
}

export const views = ["needs_human", "mine", "breaching", "snoozed", "open", "resolved", "all"] as const;
