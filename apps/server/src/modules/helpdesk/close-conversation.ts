import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import {
  addNote,
  findConversation,
  getCannedReply,
  resolveConversation,
  tellCustomer,
} from "../conversations/index.ts";

const closures: Record<string, string> = {
  en: "We consider this solved. If it is not, just write to us here again.",
  fr: "Nous considérons ce problème comme résolu. Si ce n’est pas le cas, écrivez-nous simplement ici.",
  ar: "نعتبر أن هذه المسألة قد حُلَّت. إن لم يكن الأمر كذلك، فاكتب إلينا هنا مجددًا.",
};

/** Resolves a conversation with a note for the colleagues and a last word to the customer: all of it or nothing. */
export async function closeConversation(
  ctx: Ctx,
  input: {
    conversationId: string;
    resolutionNotes?: string | undefined;
    sendClosureMessage: boolean;
    /** A canned reply; without one, our words in the customer's language. */
    closureMessageTemplate?: string | undefined;
  },
): Promise<void> {
  const { conversationId, resolutionNotes, closureMessageTemplate: id } = input;
  await inTx(ctx, async (ctx) => {
    const { language } = await findConversation(ctx, conversationId, { lock: true });
    const template = id === undefined ? null : await getCannedReply(ctx, { id });
    if (resolutionNotes) await addNote(ctx, { conversationId, text: resolutionNotes, clientId: newId() });
    await resolveConversation(ctx, { conversationId });
    if (!input.sendClosureMessage) return;
    const ours = closures[(language ?? "en").slice(0, 2)] ?? closures.en ?? "";
    await tellCustomer(ctx, { conversationId, text: template?.text ?? ours, clientId: newId() });
  });
}
