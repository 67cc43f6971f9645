import { z } from "zod";

/** Several values of one filter of seed 004: `?status=open&status=closed`, or `?status=open,closed`. */
export function v1QueryList<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((text) => text.split(",")))
    .pipe(z.array(item).max(50));
}
