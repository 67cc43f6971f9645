import { sql } from "drizzle-orm";
import { Caches } from "../../../../apps/server/src/modules/retrieval/caches.ts";
import {
  removeRetiredSpaces,
  stuckSpaces,
} from "../../../../apps/server/src/modules/retrieval/choose-space.ts";
import {
  sketchesUpTo,
  storeNextBlock,
} from "../../../../apps/server/src/modules/retrieval/dense/sketch-store.ts";
import { activeSpace } from "../../../../apps/server/src/modules/retrieval/dense/spaces.ts";
import { missingVectors } from "../../../../apps/server/src/modules/retrieval/fill-space.ts";
import {
  replaceSegments,
  runOf,
} from "../../../../apps/server/src/modules/retrieval/lexical/replace-segments.ts";
import { withSnapshot } from "../../../../apps/server/src/modules/retrieval/lexical/snapshot.ts";
import { switchSpace } from "../../../../apps/server/src/modules/retrieval/switch-space.ts";
import { type Flow, inside, type Stage } from "./flow.ts";

const about = ["modules/retrieval/"];
const building = "00000000-0000-4000-8000-0000000000e2";
const retired = "00000000-0000-4000-8000-0000000000e3";

/** Beside the space that is searched one that is complete and waits for the switch, and one that is out of use. */
async function moreSpaces({ rows, id }: Stage) {
  for (const changes of [
    { id: building, status: "building", dimensions: 7 },
    { id: retired, status: "retired", dimensions: 8, retired_at: "2020-01-01T00:00:00Z" },
  ]) {
    await rows(sql`insert into vector_spaces
      select (jsonb_populate_record(s, ${JSON.stringify(changes)}::jsonb)).*
      from vector_spaces s where knowledge_base_id = ${id("knowledgeBase")} and status = 'active'`);
  }
  const ofActive = sql`space_id in (select id from vector_spaces where knowledge_base_id = ${id("knowledgeBase")} and status = 'active')`;
  await rows(sql`insert into chunk_vectors (tenant_id, space_id, ordinal, embedding)
    select tenant_id, ${building}::uuid, ordinal, embedding from chunk_vectors where ${ofActive}`);
  await rows(sql`insert into vector_sketches (tenant_id, space_id, block, data, version)
    select tenant_id, id, 0, '\\x00'::bytea, 1 from vector_spaces
    where knowledge_base_id = ${id("knowledgeBase")} and status = 'active' on conflict do nothing`);
  await rows(sql`insert into search_deletions (tenant_id, knowledge_base_id, ordinal)
    select tenant_id, knowledge_base_id, 0 from search_indexes where knowledge_base_id = ${id("knowledgeBase")}
    on conflict do nothing`);
}

export const retrieval: readonly Flow[] = [
  {
    name: "spaces and segments of an index change",
    about,
    prepare: moreSpaces,
    steps: [
      inside(async (ctx, { id, tenantId }) => {
        const caches = new Caches();
        await withSnapshot(ctx, caches, id("knowledgeBase"), async () => null);
        return caches.snapshot(`${tenantId}/${id("knowledgeBase")}`) !== undefined;
      }),
      inside(async (ctx, { id, tenantId }) => {
        const caches = new Caches();
        const space = await activeSpace(ctx, id("knowledgeBase"));
        await sketchesUpTo(ctx, caches, { ...space, id: building }, 1);
        return caches.sketches.get(`${tenantId}/${building}`) !== undefined;
      }),
      inside(async (ctx, { id }) => {
        await sketchesUpTo(ctx, new Caches(), await activeSpace(ctx, id("knowledgeBase")), 1);
      }),
      inside(async (ctx, { id }) => storeNextBlock(ctx, await activeSpace(ctx, id("knowledgeBase")), 0, 1)),
      inside((ctx, { id }) =>
        missingVectors(ctx, { knowledgeBaseId: id("knowledgeBase"), spaceId: building, from: 0, limit: 10 }),
      ),
      inside((ctx) => stuckSpaces(ctx, new Date("2100-01-01"))),
      inside((ctx) => removeRetiredSpaces(ctx, new Date("2100-01-01"))),
      inside((ctx, { id }) =>
        withSnapshot(ctx, new Caches(), id("knowledgeBase"), async (snapshot) => {
          await replaceSegments(ctx, id("knowledgeBase"), runOf(snapshot, snapshot.segments), []);
          return null;
        }),
      ),
      inside((ctx, { id }) => switchSpace(ctx, { knowledgeBaseId: id("knowledgeBase"), spaceId: building })),
    ],
  },
];
