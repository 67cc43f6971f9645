import type { TemplateCategory, TemplateLocale } from "../templates.schema.ts";

/** What of a template is written for people, in one language. */
export interface TemplateTexts {
  name: string;
  /** One or two sentences on its card. */
  description: string;
  /** Becomes the first prompt of a bot: works as it stands, without a blank to fill in. */
  sampleSystemPrompt: string;
  /** Questions that visitors of such a bot do ask; its documents should answer them. */
  sampleQueries: string[];
  /** What to add first, most useful first. */
  suggestedSources: string[];
  /** What the widget says first. */
  greeting: string;
}

/** One shipped template. Its id never changes: bots remember it. */
export interface TemplateContent {
  id: string;
  category: TemplateCategory;
  /** Characters, characters, passages: within the bounds of a bot's own settings. */
  defaultRagConfig: { chunkSize: number; overlap: number; topK: number };
  /** A tile that reads on light and dark alike: its ground, and white strokes in a box of 24 by 24. */
  icon: { ground: string; strokes: string };
  texts: Record<TemplateLocale, TemplateTexts>;
  createdAt: Date;
  updatedAt: Date;
}
