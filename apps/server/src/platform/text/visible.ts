/**
 * What no reader sees, but a model may read as words or orders: Unicode's tag characters, zero-width space and joiner of
 * words, invisible operators, overrides of the direction, annotations. Kept are the joiners that Persian, Indic scripts and
 * emoji are written with, and the marks and isolates of right-to-left text.
 */
const UNSEEN = /[\u{e0000}-\u{e007f}\u200b\u2060-\u2064\u202d\u202e\ufeff\ufff9-\ufffb]/gu;

/** The text without what only machines would see in it. */
export function visible(text: string): string {
  return text.replace(UNSEEN, "");
}
