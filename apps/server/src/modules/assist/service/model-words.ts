import type { z } from "zod";

/** A customer's or a bot's words cannot close their own quotation. */
export function quoted(text: string): string {
  return text.replace(/<(\s*\/?\s*(?:message|before|conversation|turn|text))/gi, "‹$1");
}

/** The one JSON object in what a model said, also where it put a fence or words around; null for any other form. */
export function readJson<Schema extends z.ZodType>(said: string, schema: Schema): z.output<Schema> | null {
  const start = said.indexOf("{");
  const end = said.lastIndexOf("}");
  if (start < 0 || end <= start) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(said.slice(start, end + 1)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
