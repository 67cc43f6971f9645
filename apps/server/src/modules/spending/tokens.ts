/**
 * About how many tokens a text has, for calls whose provider does not say, and before a call. Three bytes a
 * token: some more than English has, about what Arabic has.
 */
export function estimateTokens(...texts: string[]): number {
  return texts.reduce((sum, text) => sum + Math.ceil(Buffer.byteLength(text) / 3), 0);
}
