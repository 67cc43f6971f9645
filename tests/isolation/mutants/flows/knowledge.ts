import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { classifyIntent } from "../../../../apps/server/src/modules/intents/service/classify-intent.ts";
import { embeddingQueue } from "../../../../apps/server/src/modules/knowledge/index.ts";
import { replaceContent } from "../../../../apps/server/src/modules/knowledge/service/add-content.ts";
import { removeDocumentsOf } from "../../../../apps/server/src/modules/knowledge/service/delete-document.ts";
import { listKnowledgeBases } from "../../../../apps/server/src/modules/knowledge/service/knowledge-base.ts";
import {
  newBlobKey,
  replaceDocument,
} from "../../../../apps/server/src/modules/knowledge/service/renew-document.ts";
import {
  agesOfSources,
  standingOfSources,
} from "../../../../apps/server/src/modules/knowledge/service/source-standing.ts";
import { tidyDocuments } from "../../../../apps/server/src/modules/knowledge/service/tidy-documents.ts";
import { startDueCrawls } from "../../../../apps/server/src/modules/knowledge/sources/due-sources.ts";
import { refreshSource } from "../../../../apps/server/src/modules/knowledge/sources/manage-sources.ts";
import type { Ctx } from "../../../../apps/server/src/ports/index.ts";
import { type Flow, inside, type Stage, somebody } from "./flow.ts";

const about = ["modules/knowledge/"];
const content = "The shop in the old town opens at eleven in the morning on Mondays.";
const bytes = new TextEncoder().encode(content);
const file = { bytes, mediaType: "text/markdown", fileName: "hours.md" };

/** The other tenant's document has the version already that ours is about to get. */
async function versionAhead({ rows, id, tenantId }: Stage) {
  const document = id("document");
  const ofTwin = sql`document_id = ${document} and tenant_id <> ${tenantId}`;
  await rows(sql`insert into document_versions
    select (jsonb_populate_record(v, '{"version": 2}')).* from document_versions v where ${ofTwin} and version = 1`);
  await rows(sql`insert into chunks
    select (jsonb_populate_record(c, jsonb_build_object('version', 2, 'id', gen_random_uuid(), 'ordinal', ordinal + 1000))).*
    from chunks c where ${ofTwin} and version = 1`);
}

/** What a verb puts on queues. */
async function queued(ctx: Ctx, work: (ctx: Ctx) => Promise<unknown>): Promise<object[]> {
  const seen: object[] = [];
  const jobs = {
    ...ctx.jobs,
    async enqueue(_queue: unknown, data: object) {
      seen.push(data);
    },
  };
  await work({ ...ctx, jobs });
  return seen;
}

export const knowledge: readonly Flow[] = [
  {
    name: "a document gets other words",
    about,
    prepare: versionAhead,
    steps: [
      ({ ctx, id }) =>
        replaceContent(ctx(somebody()), { documentId: id("document"), format: "json", content: "{" }),
      ({ ctx, id }) => replaceDocument(ctx(somebody()), { documentId: id("document"), ...file }),
      ({ ctx, id }) =>
        replaceContent(ctx(), { documentId: id("document"), format: "markdown", content }).then(
          () => "replaced",
        ),
      async ({ tenantId, id }) => newBlobKey(tenantId, id("document")),
    ],
  },
  {
    name: "a document gets the words that it has",
    about,
    prepare: ({ rows, id }) =>
      rows(sql`update document_versions set sha256 = ${createHash("sha256").update(bytes).digest("hex")}
        where document_id = ${id("document")}`),
    steps: [
      ({ ctx, id }) => replaceDocument(ctx(), { documentId: id("document"), ...file }).then(() => "the same"),
    ],
  },
  {
    name: "the documents of a source go",
    about,
    prepare: ({ rows, id }) =>
      rows(sql`update documents set source_id = ${id("source")} where id = ${id("document")}`),
    steps: [
      inside((ctx, { id }) =>
        removeDocumentsOf(ctx, { id: id("source"), knowledgeBaseId: id("knowledgeBase") }),
      ),
    ],
  },
  {
    name: "a page says something new",
    about,
    async prepare({ rows, id, world, tenantId }) {
      const source = id("source");
      await rows(sql`update documents set source_id = ${source} where id = ${id("document")}`);
      await rows(sql`update source_pages set document_id = ${id("document")}, state = 'kept', content_hash = 'before'
        where source_id = ${source}`);
      const [page] = await rows(
        sql`select url from source_pages where source_id = ${source} and tenant_id = ${tenantId}`,
      );
      const { pathname } = new URL(String(page?.["url"]));
      world.site.pages.set(pathname, `<html><title>Hours</title><main><p>${content}</p></main></html>`);
    },
    steps: [
      ({ ctx, id }) =>
        refreshSource(ctx(), { knowledgeBaseId: id("knowledgeBase"), sourceId: id("source") }).then(
          () => "asked for",
        ),
    ],
  },
  {
    name: "what the clock does for knowledge",
    about,
    async prepare({ rows, id }) {
      const old = sql`'2020-01-01'::timestamptz`;
      await rows(
        sql`update documents set status = 'PROCESSING', updated_at = ${old} where id = ${id("document")}`,
      );
      await rows(sql`update documents set status = 'PENDING', stage = null, created_at = ${old}
        where id <> ${id("document")} and knowledge_base_id = ${id("knowledgeBase")}`);
      await rows(
        sql`update knowledge_sources set status = 'READY', next_crawl_at = ${old} where id = ${id("source")}`,
      );
    },
    steps: [
      ({ ctx }) => queued(ctx(), tidyDocuments),
      ({ ctx }) => queued(ctx(), startDueCrawls),
      ({ ctx }) => listKnowledgeBases(ctx(), { limit: 10 }),
    ],
  },
  {
    name: "sources are looked at again",
    about,
    steps: [
      inside((ctx, { id }) => agesOfSources(ctx, [{ documentId: id("document"), version: 1 }])),
      inside((ctx, { id }) => standingOfSources(ctx, [{ documentId: id("document"), version: 1 }])),
    ],
  },
  {
    name: "another embedding model is built",
    about: [...about, "modules/retrieval/"],
    prepare: ({ rows, id }) =>
      rows(sql`insert into vector_spaces
        select (jsonb_populate_record(s, '{"id": "00000000-0000-4000-8000-0000000000e1", "status": "building", "dimensions": 7}')).*
        from vector_spaces s where knowledge_base_id = ${id("knowledgeBase")} and status = 'active'`),
    steps: [
      ({ job, tenantId, id }) =>
        job(embeddingQueue, {
          tenantId,
          knowledgeBaseId: id("knowledgeBase"),
          spaceId: "00000000-0000-4000-8000-0000000000e1",
        }),
    ],
  },
  {
    name: "a text is classified after the other tenant's was",
    about: ["modules/intents/"],
    prepare: ({ rows, id, tenantId }) =>
      rows(
        sql`update intent_models set model = null where bot_id = ${id("bot")} and tenant_id = ${tenantId}`,
      ),
    steps: [
      ({ ctx, foreignId, id }) =>
        classifyIntent(
          { ...ctx(), tenantId: foreignId },
          { botId: id("bot"), text: "When do you open?" },
        ).then(() => "classified"),
      ({ ctx, id }) =>
        classifyIntent(ctx(), { botId: id("bot"), text: "When do you open?" }).then(
          (found) => found !== null,
        ),
    ],
  },
];
