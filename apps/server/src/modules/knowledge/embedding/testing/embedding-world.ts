import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { openTestDb } from "../../../../../../../tests/harness/database.ts";
import {
  type EmbeddingServer,
  startEmbeddingServer,
} from "../../../../../../../tests/harness/embedding-server.ts";
import { buildServices } from "../../../../app/build-services.ts";
import { contextFor } from "../../../../faces/principal.ts";
import { inTx } from "../../../../platform/ctx/index.ts";
import { readEnv } from "../../../../platform/env/index.ts";
import { newId } from "../../../../platform/ids/index.ts";
import { createLog } from "../../../../platform/log/index.ts";
import type { Ctx } from "../../../../ports/index.ts";
import { extractDocument } from "../../extraction/extract.ts";
import type { ExtractionPool } from "../../extraction/index.ts";
import { addManualText } from "../../service/add-content.ts";
import { ingestDocument } from "../../service/ingest-document.ts";
import { createKnowledgeBase } from "../../service/knowledge-base.ts";
import { replaceDocument } from "../../service/renew-document.ts";

/** Two models that have nothing in common, and the built-in one. */
export const models = ["openai:words-24", "ollama:words-40", "builtin:lexical-512"] as const;

/** Services without a worker: a test says itself when which job runs, and where it breaks off. */
export interface EmbeddingWorld {
  provider: EmbeddingServer;
  /** The system of a new tenant, to which both models are connected, and a knowledge base of it. */
  newKnowledgeBase(): Promise<{ ctx: Ctx; knowledgeBaseId: string }>;
  close(): Promise<void>;
}

export async function openEmbeddingWorld(env: Record<string, string> = {}): Promise<EmbeddingWorld> {
  const provider = await startEmbeddingServer();
  const directory = mkdtempSync(join(tmpdir(), "parlance-test-"));
  const db = await openTestDb();
  const settings = readEnv({
    NODE_ENV: "test",
    PORT: "3000",
    PUBLIC_URL: "http://127.0.0.1:3000",
    DATA_DIR: directory,
    OUTBOUND_ALLOWED_HOSTS: provider.host,
    ...env,
  });
  const running = await buildServices(settings, createLog("silent"), { db });
  return {
    provider,
    async newKnowledgeBase() {
      const tenantId = newId();
      await db
        .system()
        .execute(sql`insert into tenants (id, name, slug) values (${tenantId}, 'Test', ${tenantId})`);
      const ctx = contextFor(running.services, { kind: "system", name: "test" }, tenantId, null);
      const sealedKey = ctx.vault.seal(tenantId, "model-key", "sk-test");
      return inTx(ctx, async (tx) => {
        for (const model of models) {
          const [name, id] = model.split(":");
          if (name === "builtin") continue;
          await tx.tx.execute(sql`
            insert into model_connections (tenant_id, purpose, provider, base_url, model, dimensions, sealed_key)
            values (${tenantId}, 'embedding', ${name}, ${provider.baseUrl}, ${id}, ${Number(model.slice(-2))},
                    ${sealedKey})`);
        }
        return { ctx, knowledgeBaseId: (await createKnowledgeBase(tx, "Test")).id };
      });
    },
    async close() {
      await running.close();
      await db.close();
      await provider.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Reads in this process, as the child process of a pool does. */
const pool: ExtractionPool = { extract: (input) => extractDocument(input), close: async () => {} };
const chunking = { chunkSize: 200, overlap: 0 };

/** A document with its passages in the index. */
export async function addDocument(ctx: Ctx, knowledgeBaseId: string, content: string): Promise<string> {
  const { id } = await addManualText(ctx, { knowledgeBaseId, name: `${newId()}.md`, content });
  await ingestDocument(ctx, pool, { documentId: id, version: 1, chunking });
  return id;
}

/** Another version of it, searchable. */
export async function rewriteDocument(ctx: Ctx, documentId: string, content: string): Promise<void> {
  const bytes = new TextEncoder().encode(content);
  await replaceDocument(ctx, { documentId, bytes, mediaType: "text/markdown", fileName: "new.md" });
  const { rows } = await inTx(ctx, ({ tx }) =>
    tx.execute<{ version: number }>(
      sql`select max(version) as version from document_versions where document_id = ${documentId}`,
    ),
  );
  await ingestDocument(ctx, pool, { documentId, version: rows[0]?.version ?? 0, chunking });
}
