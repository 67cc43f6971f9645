/** What was begun in each conversation, so that looking elsewhere loses nothing. */
const drafts = new Map<string, string>();

export function keepDraft(conversationId: string, text: string): void {
  if (text === "") drafts.delete(conversationId);
  else drafts.set(conversationId, text);
}

/** Puts a text that could not be sent back in front of whatever was begun since. */
export function returnToDraft(conversationId: string, text: string): string {
  const begun = drafts.get(conversationId) ?? "";
  const draft = begun.trim() === "" ? text : `${text}\n\n${begun}`;
  keepDraft(conversationId, draft);
  return draft;
}

export function draftOf(conversationId: string): string {
  return drafts.get(conversationId) ?? "";
}
