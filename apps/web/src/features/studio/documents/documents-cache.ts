import type { BotDocument } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";

/** Puts a document into the shown list: in its place if it is there, first if it is new. Older news is dropped. */
export function putDocument(botId: string, document: BotDocument): void {
  queryClient.setQueryData(listKey(botId), (list) => list && withDocument(list, document));
}

export function dropDocument(botId: string, documentId: string): void {
  queryClient.setQueryData(listKey(botId), (list) => list?.filter(({ id }) => id !== documentId));
}

/** Asks again for the list, and for the bot, whose status and count follow from it. */
export function refetchDocuments(botId: string): void {
  void queryClient.invalidateQueries({ queryKey: listKey(botId) });
  void queryClient.invalidateQueries({ queryKey: trpc.knowledge.freshness.queryKey({ botId }) });
  refetchBot(botId);
}

export function refetchBot(botId: string): void {
  void queryClient.invalidateQueries({ queryKey: trpc.bot.byId.queryKey({ id: botId }) });
}

export function withDocument(list: readonly BotDocument[], document: BotDocument): BotDocument[] {
  const known = list.find(({ id }) => id === document.id);
  if (known === undefined) return [document, ...list];
  if (known.updatedAt > document.updatedAt) return [...list];
  return list.map((each) => (each === known ? document : each));
}

function listKey(botId: string) {
  return trpc.botDocument.listByBotId.queryKey({ botId });
}
