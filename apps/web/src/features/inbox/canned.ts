import type { ConversationDetail } from "../../lib/models.ts";

/** What a canned reply may name in double braces, and what stands there. */
export const variables = [
  "customer.name",
  "customer.email",
  "agent.name",
  "bot.name",
  "conversation.subject",
] as const;
type Variable = (typeof variables)[number];

const named = /\{\{\s*([a-z.]+)\s*\}\}/g;

/** Fills in what is known of a conversation. What is not stays in its braces, for the agent to see. */
export function filled(
  text: string,
  { customer, bot, subject }: Pick<ConversationDetail, "customer" | "bot" | "subject">,
  agentName: string,
): string {
  const values: Record<Variable, string | null | undefined> = {
    "customer.name": customer?.name,
    "customer.email": customer?.email,
    "agent.name": agentName,
    "bot.name": bot?.name,
    "conversation.subject": subject,
  };
  return text.replace(named, (whole, name: string) => {
    const known = variables.find((each) => each === name);
    return (known && values[known]) || whole;
  });
}

/** The first place that nobody has filled in; null where there is none. */
export function gapIn(text: string): string | null {
  return text.match(named)?.[0] ?? null;
}

/** The word after a slash at the end of what stands before the cursor: what is looked for while it is typed. */
export function slashWord(text: string, cursor: number): { from: number; word: string } | null {
  const match = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u.exec(text.slice(0, cursor));
  return match ? { from: cursor - (match[1]?.length ?? 0) - 1, word: match[1] ?? "" } : null;
}
