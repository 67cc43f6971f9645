import type { Ctx } from "../../../ports/index.ts";
import { messageProgress, type ProgressKind } from "../../conversations/index.ts";
import type { Citation } from "../answers.schema.ts";
import type { AnswerEvent } from "../answers.types.ts";

/** UTF-16 code units of a live notice's words: the database's hold 8,000 bytes. */
const noticeLength = 1_000;

/**
 * Tells whoever follows a conversation how the bot's message grows, in pieces that a notice holds. The finished
 * message, which follows as a change, has all of it in full.
 */
export class Announcer {
  readonly #ctx: Ctx;
  readonly #message: { conversationId: string; messageId: string };
  #said = 0;

  constructor(ctx: Ctx, message: { conversationId: string; messageId: string }) {
    this.#ctx = ctx;
    this.#message = message;
  }

  tell(event: AnswerEvent): void {
    switch (event.type) {
      case "delta":
        this.#say(event.delta);
        break;
      case "paragraph":
        this.#say("\n\n");
        break;
      case "retracted":
        this.#said = 0;
        this.#send("retracted", {});
        break;
      case "citation":
        this.#send("citation", { citation: shortened(event.citation) });
        break;
      case "verification": {
        const { verdict, confidence, mode, model, claims } = event;
        const checked = claims.filter((claim) => claim.verdict !== "not_a_claim");
        const supported = checked.filter((claim) => claim.verdict === "supported").length;
        this.#send("verification", {
          verdict,
          confidence,
          mode,
          model,
          claims: { checked: checked.length, supported },
        });
        break;
      }
      case "handoff":
        this.#send("handoff", { offered: true, reason: event.reason });
        break;
    }
  }

  /** Resolves when all words are on their way: a message that is kept after it is never told of before its last words. */
  told(): Promise<void> {
    return this.#ctx.events.broadcasted();
  }

  /** With where the words stand in the message, so that whoever came late knows what they lack. */
  #say(words: string): void {
    for (let at = 0; at < words.length; at += noticeLength) {
      this.#send("delta", { delta: words.slice(at, at + noticeLength), offset: this.#said + at });
    }
    this.#said += words.length;
  }

  #send(kind: ProgressKind, data: Record<string, unknown>): void {
    const { tenantId, events } = this.#ctx;
    events.broadcast({ tenantId, topic: messageProgress.name, data: { ...this.#message, kind, data } });
  }
}

/** Enough to show the source; a title or a quote without end must not outgrow the notice. */
function shortened(citation: Citation): Record<string, unknown> {
  return {
    ...citation,
    documentName: citation.documentName.slice(0, 200),
    headingPath: citation.headingPath.slice(-3).map((heading) => heading.slice(0, 100)),
    quote: citation.quote.slice(0, 500),
  };
}
