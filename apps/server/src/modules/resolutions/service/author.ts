import type { Actor } from "../../../platform/ctx/index.ts";

/** Who did something, as histories keep it: the name stays as it was then. */
export function authorOf(actor: Actor): { authorId: string | null; authorName: string } {
  switch (actor.kind) {
    case "user":
      return { authorId: actor.userId, authorName: actor.name };
    case "visitor":
      return { authorId: null, authorName: "customer" };
    case "apiKey":
    case "system":
      return { authorId: null, authorName: actor.name };
  }
}
