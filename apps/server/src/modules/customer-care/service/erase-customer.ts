import { inTx } from "../../../platform/ctx/index.ts";
import { forgetJobsOf } from "../../../platform/jobs/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { erasedText, erasePerson, lockConversationsOf, tidyAttachments } from "../../conversations/index.ts";
import { forgetCustomer, personalWords } from "../../customers/index.ts";
import { assertCan } from "../../identity/index.ts";
import { holdersOf } from "../conversations-of.queries.ts";
import { personalData } from "../personal-data.ts";

/**
 * Erases a person for good: what is known of them, what they wrote and sent, and where others named them, in every module
 * that declares to keep some of it. The conversations stay without a person. With them go all who were merged into them.
 */
export async function eraseCustomer(ctx: Ctx, { customerId }: { customerId: string }): Promise<void> {
  assertCan(ctx.actor, "erase customers");
  assertCan(ctx.actor, "read conversations");
  await inTx(ctx, async (ctx) => {
    const ids = await holdersOf(ctx, customerId);
    const theirs = new Map<string, Awaited<ReturnType<typeof lockConversationsOf>>[number]>();
    for (const id of ids) {
      for (const conversation of await lockConversationsOf(ctx, id))
        theirs.set(conversation.id, conversation);
    }
    const words = await personalWords(ctx, customerId);
    for (const conversation of theirs.values()) await erasePerson(ctx, conversation, words);
    const conversationIds = [...theirs.keys()];
    for (const kept of personalData) await kept.erase(ctx, { conversationIds, words, erased: erasedText });
    await forgetJobsOf(conversationIds, erasedText);
    await forgetCustomer(ctx, customerId);
  });
  await tidyAttachments(ctx);
}
