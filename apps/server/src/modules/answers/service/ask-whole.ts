import { z } from "zod";
import type { Ctx } from "../../../ports/index.ts";
import { type Citation, claimSchema, modeSchema, verdictSchema } from "../answers.schema.ts";
import { offerReasons } from "../answers.types.ts";
import { type AskInput, ask } from "./ask.ts";

/** What came of a question, once all of it is there; `sources` are for the face to describe. */
export const wholeAnswerSchema = z.object({
  /** `agent`: a person has the conversation and will answer there; then there is nothing more than that. */
  deliveredTo: z.enum(["bot", "agent"]),
  /** The bot's message; null where it wrote none. */
  messageId: z.uuid().nullable(),
  /** What lies behind the message; null for small talk, and where answering failed. */
  answerId: z.uuid().nullable(),
  text: z.string(),
  state: z.enum(["complete", "interrupted"]),
  verdict: verdictSchema.nullable(),
  /** 0 to 1. */
  confidence: z.number().nullable(),
  mode: modeSchema.nullable(),
  /** `provider:model` */
  model: z.string().nullable(),
  claims: z.array(claimSchema),
  handoff: z.object({ offered: z.boolean(), reason: z.enum(offerReasons).nullable() }),
  /** For the members who look after the bot: why another model answered, say. */
  notice: z.string().nullable(),
});
export type WholeAnswer = z.infer<typeof wholeAnswerSchema> & { sources: Citation[] };

/** `ask` for callers who wait for the end. Asking again with the same `clientId` gives the same answer. */
export async function askWhole(ctx: Ctx, input: AskInput): Promise<WholeAnswer> {
  const whole: WholeAnswer = {
    deliveredTo: "bot",
    messageId: null,
    answerId: null,
    text: "",
    state: "complete",
    verdict: null,
    confidence: null,
    mode: null,
    model: null,
    sources: [],
    claims: [],
    handoff: { offered: false, reason: null },
    notice: null,
  };
  for await (const event of ask(ctx, input)) {
    switch (event.type) {
      case "delivered":
        whole.deliveredTo = event.to;
        break;
      case "start":
        whole.messageId = event.messageId;
        break;
      case "retracted":
        whole.text = "";
        whole.sources = [];
        break;
      case "citation":
        whole.sources.push(event.citation);
        break;
      case "delta":
        whole.text += event.delta;
        break;
      case "paragraph":
        whole.text += "\n\n";
        break;
      case "verification": {
        const { type: _type, ...checked } = event;
        Object.assign(whole, checked);
        break;
      }
      case "handoff":
        whole.handoff = { offered: true, reason: event.reason };
        break;
      case "end":
        whole.answerId = event.answerId;
        whole.state = event.state;
        break;
      case "stage":
        break;
    }
  }
  return whole;
}
