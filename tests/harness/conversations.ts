import { conversations } from "../../apps/server/src/modules/conversations/conversations.tables.ts";
import { customers } from "../../apps/server/src/modules/customers/customers.tables.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import type { TestServer, TestUser } from "./server.ts";

/** A customer's conversation that waits for a colleague, as if a bot had handed it over. Gives its id. */
export async function waitingConversation(
  server: TestServer,
  of: Pick<TestUser, "tenantId">,
  row: Partial<typeof conversations.$inferInsert> = {},
): Promise<string> {
  const [id, customerId] = [newId(), newId()];
  const db = server.services.db.system();
  await db.insert(customers).values({ tenantId: of.tenantId, id: customerId, name: "John Doe" });
  await db.insert(conversations).values({
    tenantId: of.tenantId,
    id,
    customerId,
    channel: "widget",
    status: "awaiting_agent",
    subject: "Cannot access my account",
    ...row,
  });
  return id;
}
