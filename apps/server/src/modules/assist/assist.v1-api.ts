import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1Route } from "../../faces/v1/v1-route.ts";
import {
  briefSchema,
  classificationSchema,
  methodSchema,
  summarySchema,
  wholeText,
} from "./assist.schema.ts";
import { writeBrief } from "./service/brief.ts";
import { classifyText } from "./service/classify-text.ts";
import { suggestReply } from "./service/suggest-reply.ts";
import { summarise } from "./service/summarise.ts";

const ofConversation = z.object({ conversationId: z.uuid() });

const v1ClassifyBody = z.object({
  content: wholeText,
  conversationContext: z
    .object({
      /** Texts, or messages with their content, oldest first. */
      previousMessages: z
        .array(z.union([z.string().max(8_000), z.object({ content: z.string().max(8_000) })]))
        .max(50)
        .optional(),
      customerSlaTier: z.string().max(60).nullish(),
    })
    .optional(),
});

const v1SuggestionSchema = z.object({
  /** Empty where the documents answer nothing of it. */
  suggestedResponse: z.string(),
  kbArticles: z.array(z.object({ id: z.uuid(), title: z.string(), relevanceScore: z.number() })),
  confidence: z.number(),
  method: methodSchema,
});

const v1Ai = { method: "POST", limit: "v1Ai" } as const;

/** Seed 004, "AI Services". */
export const v1AiRoutes: Route[] = [
  v1Route({
    ...v1Ai,
    path: "/ai/classify",
    summary:
      "What a message wants, how bad it is, how its writer feels and what it names. `method` says whether a model judged it.",
    body: v1ClassifyBody,
    data: classificationSchema,
    run(ctx, { body, signal }) {
      const { previousMessages, customerSlaTier } = body.conversationContext ?? {};
      return classifyText(ctx, {
        text: body.content,
        previousMessages: previousMessages?.map((message) =>
          typeof message === "string" ? message : message.content,
        ),
        customerSlaTier: customerSlaTier ?? undefined,
        signal,
      });
    },
  }),
  v1Route({
    ...v1Ai,
    path: "/ai/suggest-response",
    summary:
      "A draft for an agent from the documents of the conversation's bot, which the customer does not see.",
    body: ofConversation.extend({ intent: z.string().max(100).optional() }),
    data: v1SuggestionSchema,
    async run(ctx, { body, signal }) {
      const { text, sources, confidence, method } = await suggestReply(ctx, {
        conversationId: body.conversationId,
        signal,
      });
      const articles = new Map<string, { id: string; title: string; relevanceScore: number }>();
      for (const { documentId, title, relevance } of sources) {
        const relevanceScore = Math.max(relevance, articles.get(documentId)?.relevanceScore ?? 0);
        articles.set(documentId, { id: documentId, title, relevanceScore });
      }
      return { suggestedResponse: text ?? "", kbArticles: [...articles.values()], confidence, method };
    },
  }),
  v1Route({
    ...v1Ai,
    path: "/ai/generate-summary",
    summary: "Sums a conversation up and keeps it there.",
    body: ofConversation,
    data: summarySchema,
    run: (ctx, { body, signal }) => summarise(ctx, { ...body, signal }),
  }),
  v1Route({
    ...v1Ai,
    path: "/ai/generate-handoff",
    summary:
      "Writes the brief for whoever takes a conversation: what was asked, tried and found, and the feeling.",
    body: ofConversation,
    data: briefSchema,
    run: (ctx, { body, signal }) => writeBrief(ctx, { ...body, signal }),
  }),
];
