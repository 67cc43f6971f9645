import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import type { Db } from "../../platform/db/index.ts";
import { tenantTables } from "./catalogue.ts";
import { secretColumns, secretLooking } from "./export/secret-columns.ts";

let db: Db;
beforeAll(async () => {
  db = await openTestDb();
});
afterAll(() => db.close());

/* A column that is new and looks like a secret: it is one, and belongs into the list, or its name misleads and it
 * belongs here. */
const harmless = [
  "answers.input_tokens",
  "answers.output_tokens",
  "audit_log.hash",
  "security_events.hash",
  "bot_prompt_checks.content_sha256",
  "communication_messages.idempotency_key",
  "contradictions.pair_hash",
  "evaluation_cases.question_hash",
  "model_usage.input_tokens",
  "model_usage.output_tokens",
  "problem_questions.words_hash",
  "source_pages.content_hash",
  "document_versions.blob_key",
  "message_attachments.blob_key",
  "document_versions.sha256",
  "tenant_directory.key",
  "sso_connections.password_allowed",
];

test("every column of a tenant's that looks like a secret is left out, or known to be none", async () => {
  const tables = await tenantTables(db);
  const looking = tables.flatMap(({ name, columns }) =>
    columns
      .filter((column) => secretLooking.test(column) && !secretColumns[name]?.includes(column))
      .map((column) => `${name}.${column}`),
  );
  expect(looking.filter((column) => !harmless.includes(column))).toEqual([]);
  // and the list names nothing that is not there: a misspelt column would be exported
  for (const [table, columns] of Object.entries(secretColumns)) {
    expect(tables.find(({ name }) => name === table)?.columns, table).toEqual(
      expect.arrayContaining([...columns]),
    );
  }
});
