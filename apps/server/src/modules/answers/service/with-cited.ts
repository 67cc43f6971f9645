import { and, asc, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import type { Message } from "../../conversations/index.ts";
import { answers, citations } from "../answers.tables.ts";
import type { Turn } from "../pipeline/prompt.ts";

/** Answers back whose sources may say what a question is about. */
const MOST_ANSWERS = 10;

/** Messages with the titles and headings of what the latest answers among them cited. */
export async function withCited(ctx: Ctx, messages: readonly Message[]): Promise<(Message & Turn)[]> {
  const ids = messages
    .filter(({ author }) => author === "bot")
    .slice(-MOST_ANSWERS)
    .map(({ id }) => id);
  if (ids.length === 0) return [...messages];
  const rows = await inTx(ctx, (ctx) =>
    ctx.tx
      .select({
        messageId: answers.messageId,
        documentName: citations.documentName,
        headingPath: citations.headingPath,
      })
      .from(answers)
      .innerJoin(citations, and(eq(citations.tenantId, answers.tenantId), eq(citations.answerId, answers.id)))
      .where(and(eq(answers.tenantId, ctx.tenantId), inArray(answers.messageId, ids)))
      .orderBy(asc(citations.number)),
  );
  const cited = new Map<string, Set<string>>();
  for (const { messageId, documentName, headingPath } of rows) {
    const names = cited.get(messageId) ?? new Set<string>();
    for (const name of [documentName, ...headingPath]) names.add(name);
    cited.set(messageId, names);
  }
  return messages.map((message) => ({ ...message, cited: [...(cited.get(message.id) ?? [])] }));
}
