import { answers, citations } from "../../apps/server/src/modules/answers/answers.tables.ts";
import {
  conversations,
  escalations,
  messages,
} from "../../apps/server/src/modules/conversations/conversations.tables.ts";
import type { Db } from "../../apps/server/src/platform/db/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";

/** An answer as a test wants it; whatever figures do not read is made up. */
export interface GivenAnswer {
  botId: string;
  createdAt: Date;
  channel: "widget" | "playground" | "api";
  question: string;
  mode: "model" | "extractive" | "abstained" | "withheld";
  model: string;
  language: string | null;
  confidence: number;
  latencyMs: number;
  fallbackReason: string | null;
  inputTokens: number;
  outputTokens: number;
  cost: number;
  rating: "up" | "down" | null;
  ratingComment: string | null;
  /** Ids of the documents that it cites, in the order of the numbers. */
  cites: string[];
  checkedClaims?: number;
  supportedClaims?: number;
  verifyMs?: number;
  /** The reader asked for a person, at the same moment. */
  handOff: boolean;
}

export interface KeptAnswer extends GivenAnswer {
  id: string;
  conversationId: string;
}

/** Keeps answers as if they had been given at those times, each in a conversation of its own. */
export async function keepAnswers(db: Db, tenantId: string, given: GivenAnswer[]): Promise<KeptAnswer[]> {
  const kept = given.map((answer) => ({
    ...answer,
    id: newId(),
    conversationId: newId(),
    messageId: newId(),
  }));
  if (kept.length === 0) return [];
  await db.withTenant(tenantId, async (tx) => {
    await tx.insert(conversations).values(
      kept.map(({ conversationId: id, botId, channel, createdAt }) => ({
        tenantId,
        id,
        botId,
        channel,
        status: "ai_handling" as const,
        createdAt,
      })),
    );
    await tx.insert(messages).values(
      kept.map(({ conversationId, messageId: id, createdAt }) => ({
        tenantId,
        id,
        conversationId,
        sequence: 1,
        author: "bot" as const,
        text: "An answer.",
        state: "complete" as const,
        createdAt,
      })),
    );
    await tx.insert(answers).values(
      kept.map(({ channel: _channel, cites: _cites, handOff: _handOff, ...answer }) => ({
        ...answer,
        tenantId,
        verdict: "correct" as const,
        claims: [],
        trace: {
          language: answer.language ?? "other",
          standaloneQuestion: answer.question,
          promptId: null,
          instructions: "",
          passages: [],
          stages: [],
        },
        ratedAt: answer.rating === null ? null : answer.createdAt,
      })),
    );
    const sources = kept.flatMap(({ id: answerId, cites }) =>
      cites.map((documentId, index) => ({
        tenantId,
        answerId,
        number: index + 1,
        documentId,
        documentName: `Document ${documentId.slice(-4)}`,
        version: 1,
        chunkId: newId(),
        headingPath: [],
        page: null,
        startOffset: 0,
        endOffset: 1,
        quote: "A",
        quoteSha256: "0",
      })),
    );
    if (sources.length > 0) await tx.insert(citations).values(sources);
    const asked = kept.filter(({ handOff }) => handOff);
    if (asked.length > 0) {
      await tx.insert(escalations).values(
        asked.map(({ conversationId, createdAt }) => ({
          tenantId,
          id: newId(),
          conversationId,
          reason: "Asked for a person.",
          status: "pending" as const,
          createdAt,
        })),
      );
    }
  });
  return kept;
}
