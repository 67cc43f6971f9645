import { AppError } from "../errors/index.ts";
import { idSchema } from "../ids/index.ts";

/** A place in a list that is ordered by time and then by id. */
export interface Place {
  at: Date;
  id: string;
}

/** Where a page ended: the last row's time and id, so that new rows shift nothing. */
export function encodeCursor({ at, id }: Place): string {
  return Buffer.from(`${at.getTime()}/${id}`).toString("base64url");
}

/** Throws VALIDATION_ERROR for a text that `encodeCursor` did not make. */
export function decodeCursor(cursor: string): Place {
  const [time, id] = Buffer.from(cursor, "base64url").toString().split("/");
  const at = new Date(Number(time));
  if (!idSchema.safeParse(id).success || !id || Number.isNaN(at.getTime())) {
    throw new AppError("VALIDATION_ERROR", "The cursor is not one that a list answered. Start without one.");
  }
  return { at, id };
}
