import { z } from "zod";

export const attachmentLimits = { bytes: 10 * 1024 * 1024, files: 10 } as const;

/** A file within JSON. */
export const base64Content = z
  .string()
  .min(1)
  .max(Math.ceil(attachmentLimits.bytes / 3) * 4 + 4, "An attachment has at most 10 MB.")
  .refine(isBase64, "base64Content is not base64.");

/** One look for what does not belong: a pattern of the whole would go back over megabytes until the stack is full. */
function isBase64(text: string): boolean {
  return !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ""));
}
