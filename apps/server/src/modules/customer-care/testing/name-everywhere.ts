import { sql } from "drizzle-orm";
import type { TestServer, TestUser } from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";

/** Writes about somebody wherever colleagues, rules and files may. Gives the key of a file's bytes. */
export async function nameEverywhere(
  server: TestServer,
  { tenantId, userId }: TestUser,
  conversationId: string,
  said: string,
): Promise<string> {
  const db = server.services.db.system();
  const [resolution, swarm, blobKey] = [newId(), newId(), `${tenantId}/attachments/${newId()}`];
  await server.services.blobs.put(blobKey, new TextEncoder().encode(said), { contentType: "text/plain" });
  for (const statement of [
    sql`insert into message_attachments (tenant_id, id, conversation_id, message_id, file_name, content_type, size, blob_key, uploaded_by)
      select tenant_id, ${newId()}, conversation_id, id, ${said}, 'text/plain', 9, ${blobKey}, ${userId}
      from messages where conversation_id = ${conversationId} limit 1`,
    sql`insert into resolutions (tenant_id, id, conversation_id, issue_type, owning_team, status, priority, root_cause, sla_started_at)
      values (${tenantId}, ${resolution}, ${conversationId}, 'technical', 'support', 'open', 'P2', ${said}, now())`,
    sql`insert into resolution_updates (tenant_id, id, resolution_id, type, visibility, content, author_name)
      values (${tenantId}, ${newId()}, ${resolution}, 'note', 'internal', ${said}, 'Ada')`,
    sql`insert into swarms (tenant_id, id, resolution_id, lead_id, name, status)
      values (${tenantId}, ${swarm}, ${resolution}, ${userId}, ${said}, 'active')`,
    sql`insert into swarm_messages (tenant_id, id, swarm_id, author_name, text)
      values (${tenantId}, ${newId()}, ${swarm}, 'Ada', ${said})`,
    sql`insert into automation_firings (tenant_id, id, rule_id, rule_name, rule_version, conversation_id, trigger_event, event_id, outcome, chain, conditions, actions)
      values (${tenantId}, ${newId()}, ${newId()}, 'Rule', 1, ${conversationId}, 'message_received', ${newId()}, 'acted', '{}',
        ${JSON.stringify([{ actual: said }])}, '[]')`,
    sql`insert into label_examples (tenant_id, id, kind, label, text, language)
      values (${tenantId}, ${newId()}, 'intent', 'greeting', ${said}, 'en')`,
    sql`insert into answer_reviews (tenant_id, answer_id, verdict, note)
      select tenant_id, id, 'correct', ${said} from answers where conversation_id = ${conversationId} limit 1`,
  ]) {
    await db.execute(statement);
  }
  return blobKey;
}
