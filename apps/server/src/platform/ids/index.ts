import { v7 } from "uuid";
import { z } from "zod";

/** A UUIDv7: unique without asking the database, and sorted by time of creation. */
export function newId(): string {
  return v7();
}

export const idSchema = z.uuid();
