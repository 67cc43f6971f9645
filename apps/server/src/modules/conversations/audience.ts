import { eq, ne, type SQL } from "drizzle-orm";
import { conversations } from "./conversations.tables.ts";

/** Whose conversations are meant: those with visitors, or the members' own tests of their bots. */
export const audiences = ["all", "visitors", "members"] as const;
export type Audience = (typeof audiences)[number];

/** The condition on a conversation's row; none where all are meant. */
export function isOfAudience(audience: Audience): SQL | undefined {
  if (audience === "all") return undefined;
  return audience === "members"
    ? eq(conversations.channel, "playground")
    : ne(conversations.channel, "playground");
}
