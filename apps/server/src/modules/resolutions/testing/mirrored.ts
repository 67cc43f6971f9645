import { and, asc, eq } from "drizzle-orm";
import { waitingConversation } from "../../../../../../tests/harness/conversations.ts";
import type { TestServer, TestUser } from "../../../../../../tests/harness/server.ts";
import type { SlackServer } from "../../../../../../tests/harness/slack-server.ts";
import { connectSlack } from "../../../connectors/slack/index.ts";
import { contextFor } from "../../../faces/principal.ts";
import { auditLog } from "../../identity/identity.tables.ts";

/** Has a server speak to a fake Slack; gives what undoes it. */
export function speakTo(server: TestServer, slack: SlackServer): () => void {
  const { ports } = server.services;
  const before = ports.slack;
  ports.slack = connectSlack({ fetch, baseUrl: slack.baseUrl });
  return () => {
    ports.slack = before;
  };
}

export function connectTo(
  of: TestUser,
  { botToken, signingSecret }: Pick<SlackServer, "botToken" | "signingSecret">,
) {
  return of.trpc.communication.connect.mutate({
    kind: "slack",
    settings: {},
    credentials: { botToken, signingSecret },
  });
}

/** A resolution's swarm at work. */
export async function newSwarm(server: TestServer, of: TestUser) {
  const { id: resolutionId } = await of.trpc.resolutions.create.mutate({
    conversationId: await waitingConversation(server, of),
    issueType: "Auth",
    owningTeam: "engineering",
  });
  return of.trpc.swarms.create.mutate({ resolutionId });
}

/**
 * The context of the tenant's own work whose jobs nobody runs, so that a test runs them when and as often as it wants.
 * `jobs` are those that were asked for.
 */
export function byHand(server: TestServer, of: TestUser) {
  const jobs: { queue: string; afterSeconds: number }[] = [];
  const ctx = {
    ...contextFor(server.services, { kind: "system", name: "Ada" }, of.tenantId, null),
    jobs: {
      ...server.services.jobs,
      enqueue: async (queue: { name: string }, _data: object, options: { afterSeconds?: number } = {}) => {
        jobs.push({ queue: queue.name, afterSeconds: options.afterSeconds ?? 0 });
      },
    },
  };
  return { ctx, jobs };
}

/** What was done to something of the tenant's by the audit log, in order. */
export async function actionsOf(server: TestServer, of: TestUser, subjectId: string): Promise<string[]> {
  const rows = await server.services.db
    .system()
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, of.tenantId), eq(auditLog.subjectId, subjectId)))
    .orderBy(asc(auditLog.id));
  return rows.map(({ action }) => action);
}
