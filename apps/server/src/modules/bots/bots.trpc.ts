import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import { dataFormats, documentSchema } from "../knowledge/index.ts";
import {
  botSchema,
  createBotSchema,
  gateOverrideSchema,
  gateStateSchema,
  listBotsSchema,
  promptContent,
  promptName,
  promptSchema,
  promptVersionSchema,
  promptVersionSummarySchema,
  publishingGateSchema,
  updateBotSchema,
  versionNumber,
} from "./bots.schema.ts";
import * as documents from "./service/bot-documents.ts";
import { createBot, deleteBot, getBot, listBots, updateBot } from "./service/manage-bots.ts";
import * as prompts from "./service/manage-prompts.ts";
import { promptHistory, promptVersion, rollbackPrompt } from "./service/prompt-history.ts";
import { checkGate, setGate } from "./service/publishing-gate.ts";

const success = z.object({ success: z.literal(true) });
const done = { success: true } as const;
const byId = z.object({ id: z.uuid() });
const ofBot = z.object({ botId: z.uuid() });

/** A document as seed 001, section 2.7, names its fields. */
const botDocumentSchema = z.object({
  id: z.uuid(),
  botId: z.uuid(),
  fileName: z.string(),
  sourceType: documentSchema.shape.sourceType,
  /** Beyond the seed: of a web page, its source and its address. */
  sourceId: documentSchema.shape.sourceId,
  url: documentSchema.shape.url,
  fileType: z.string().nullable(),
  fileSize: z.number().nullable(),
  status: documentSchema.shape.status,
  stage: documentSchema.shape.stage,
  progress: z.number(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  chunkCount: z.number(),
  processedAt: z.date().nullable(),
  /** Beyond the seed: when its content was last renewed. */
  refreshedAt: documentSchema.shape.refreshedAt,
  uploadedAt: z.date(),
  updatedAt: z.date(),
});

function toBotDocument(
  botId: string,
  document: z.infer<typeof documentSchema>,
): z.infer<typeof botDocumentSchema> {
  const { name, mediaType, size, createdAt, knowledgeBaseId: _base, language: _language, ...rest } = document;
  return { ...rest, botId, fileName: name, fileType: mediaType, fileSize: size, uploadedAt: createdAt };
}

/** The seed answers null, not an error, for a thing that is not there. */
async function orNull<Value>(value: Promise<Value>): Promise<Value | null> {
  try {
    return await value;
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

export const botRouter = router({
  create: protectedProcedure
    .input(createBotSchema)
    .output(botSchema)
    .mutation(({ ctx, input }) => createBot(ctx, input)),
  list: tenantProcedure
    .input(listBotsSchema)
    .output(paginatedSchema(botSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listBots(ctx, input);
      return paginate("/trpc/bot.list", input, items, total);
    }),
  byId: tenantProcedure
    .input(byId)
    .output(botSchema.extend({ documents: z.array(botDocumentSchema) }).nullable())
    .query(async ({ ctx, input }) => {
      const bot = await orNull(getBot(ctx, input));
      if (!bot) return null;
      const list = await documents.listBotDocuments(ctx, { botId: bot.id });
      return { ...bot, documents: list.map((document) => toBotDocument(bot.id, document)) };
    }),
  update: protectedProcedure
    .input(updateBotSchema)
    .output(botSchema)
    .mutation(({ ctx, input }) => updateBot(ctx, input)),
  delete: protectedProcedure
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteBot(ctx, input);
      return done;
    }),
});

const file = ofBot.extend({
  fileName: z.string().trim().min(1).max(255),
  fileType: z.string().max(200),
  fileSize: z.number().int().nonnegative(),
});

export const botDocumentRouter = router({
  getUploadPresignedUrl: protectedProcedure
    .input(file)
    .output(
      z.object({
        uploadUrl: z.string(),
        documentId: z.uuid(),
        storagePath: z.string(),
        headers: z.record(z.string(), z.string()),
      }),
    )
    .mutation(({ ctx, input }) => documents.startBotUpload(ctx, input)),
  confirmUpload: protectedProcedure
    .input(file.extend({ documentId: z.uuid(), storagePath: z.string().max(500) }))
    .output(botDocumentSchema)
    .mutation(async ({ ctx, input }) =>
      toBotDocument(input.botId, await documents.confirmBotUpload(ctx, input)),
    ),
  addManualText: protectedProcedure
    .input(ofBot.extend({ name: z.string().trim().min(1).max(255), content: z.string().min(1) }))
    .output(botDocumentSchema)
    .mutation(async ({ ctx, input }) => toBotDocument(input.botId, await documents.addBotText(ctx, input))),
  /** Not in the seed: a table, JSON or JSON Lines, pasted; each row or record is found by itself. */
  addStructuredData: protectedProcedure
    .input(
      ofBot.extend({
        name: z.string().trim().min(1).max(255),
        format: z.enum(dataFormats),
        content: z.string().min(1),
      }),
    )
    .output(botDocumentSchema)
    .mutation(async ({ ctx, input }) => toBotDocument(input.botId, await documents.addBotData(ctx, input))),
  listByBotId: protectedProcedure
    .input(ofBot)
    .output(z.array(botDocumentSchema))
    .query(async ({ ctx, input }) =>
      (await documents.listBotDocuments(ctx, input)).map((document) => toBotDocument(input.botId, document)),
    ),
  delete: protectedProcedure
    .input(ofBot.extend({ documentId: z.uuid() }))
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await documents.deleteBotDocument(ctx, input);
      return done;
    }),
  /** Not in the seed: each change of a document, live. */
  changes: protectedProcedure.input(ofBot).subscription(async function* ({ ctx, input, signal }) {
    for await (const change of documents.watchBotDocuments(ctx, {
      ...input,
      signal: signal ?? new AbortController().signal,
    })) {
      yield "deleted" in change ? change : toBotDocument(input.botId, change);
    }
  }),
});

/** Beyond the seed: publishing in spite of the bot's gate. */
const override = gateOverrideSchema.optional();

export const botPromptRouter = router({
  create: protectedProcedure
    .input(
      ofBot.extend({
        name: promptName,
        content: promptContent,
        setActive: z.boolean().default(false),
        override,
      }),
    )
    .output(promptSchema)
    .mutation(({ ctx, input }) => prompts.createPrompt(ctx, input)),
  listByBotId: protectedProcedure
    .input(ofBot)
    .output(z.array(promptSchema))
    .query(({ ctx, input }) => prompts.listPrompts(ctx, input)),
  byId: protectedProcedure
    .input(byId)
    .output(promptSchema.nullable())
    .query(({ ctx, input }) => orNull(prompts.getPrompt(ctx, input))),
  update: protectedProcedure
    .input(
      byId.extend({
        name: promptName.optional(),
        content: promptContent.optional(),
        /** Beyond the seed: the version that the change began from. */
        baseVersion: versionNumber.optional(),
        override,
      }),
    )
    .output(promptSchema)
    .mutation(({ ctx, input }) => prompts.updatePrompt(ctx, input)),
  setActive: protectedProcedure
    .input(ofBot.extend({ promptId: z.uuid(), override }))
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await prompts.setActivePrompt(ctx, input);
      return done;
    }),
  /** Not in the seed: none of the bot's own prompts, but the tenant's default personality. */
  useDefault: protectedProcedure
    .input(ofBot)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await prompts.useDefaultPersonality(ctx, input);
      return done;
    }),
  delete: protectedProcedure
    .input(byId)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await prompts.deletePrompt(ctx, input);
      return done;
    }),
  /** Not in the seed, like the two after it: what a prompt was, and back to it. */
  history: protectedProcedure
    .input(
      byId.extend({
        page: z.number().int().min(1).default(1),
        pageSize: z.number().int().min(1).max(100).default(20),
      }),
    )
    .output(paginatedSchema(promptVersionSummarySchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await promptHistory(ctx, input);
      return paginate("/trpc/botPrompt.history", input, items, total);
    }),
  version: protectedProcedure
    .input(byId.extend({ version: versionNumber }))
    .output(promptVersionSchema)
    .query(({ ctx, input }) => promptVersion(ctx, input)),
  rollback: protectedProcedure
    .input(byId.extend({ version: versionNumber, baseVersion: versionNumber.optional(), override }))
    .output(promptSchema.extend({ nameKept: z.boolean() }))
    .mutation(({ ctx, input }) => rollbackPrompt(ctx, input)),
  /** Whether a text may be published: a saved prompt's, one that is not saved, or the active one. */
  gate: protectedProcedure
    .input(ofBot.extend({ promptId: z.uuid().optional(), content: promptContent.optional() }))
    .output(gateStateSchema)
    .query(({ ctx, input }) => checkGate(ctx, input)),
  setGate: protectedProcedure
    .input(publishingGateSchema.extend(ofBot.shape))
    .output(publishingGateSchema)
    .mutation(({ ctx, input }) => setGate(ctx, input)),
});
