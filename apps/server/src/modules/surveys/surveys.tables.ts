import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import { tenants } from "../identity/identity.tables.ts";
import { type Answers, type Question, type SurveyTrigger, surveyKinds } from "./surveys.types.ts";

/** What customers are asked when their conversation is resolved. */
export const surveys = pgTable(
  "surveys",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    kind: text("kind", { enum: surveyKinds }).notNull(),
    /** Held to the schema of the survey's kind whenever they are written. */
    questions: jsonb("questions").$type<Question[]>().notNull(),
    trigger: jsonb("trigger").$type<SurveyTrigger>().notNull(),
    enabled: boolean("enabled").notNull().default(false),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("surveys_created_idx").on(t.tenantId, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();

/**
 * That a survey is asked of a conversation, once for ever. Whose it is, the conversation knows. Bot, agent and channel
 * are those of the moment in which it was asked, so that results stay as they were.
 */
export const surveyInvitations = pgTable(
  "survey_invitations",
  {
    tenantId: tenantId(),
    id: id(),
    surveyId: uuid("survey_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    botId: uuid("bot_id"),
    agentId: uuid("agent_id"),
    channel: text("channel").notNull(),
    /** Of the newest link to it; null while there is none. */
    tokenHash: text("token_hash"),
    sentAt: moment("sent_at").notNull(),
    mailedAt: moment("mailed_at"),
    /** When it was first seen. */
    openedAt: moment("opened_at"),
    answeredAt: moment("answered_at"),
    /** When the visitor put it away in the widget. */
    dismissedAt: moment("dismissed_at"),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("survey_invitations_once_key").on(t.tenantId, t.conversationId, t.surveyId),
    unique("survey_invitations_token_key").on(t.tenantId, t.tokenHash),
    foreignKey({
      columns: [t.tenantId, t.surveyId],
      foreignColumns: [surveys.tenantId, surveys.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    index("survey_invitations_sent_idx").on(t.tenantId, t.surveyId, t.sentAt),
    tenantPolicy(),
  ],
).enableRLS();

/** What was answered; one for each invitation. */
export const surveyResponses = pgTable(
  "survey_responses",
  {
    tenantId: tenantId(),
    invitationId: uuid("invitation_id").notNull(),
    answers: jsonb("answers").$type<Answers>().notNull(),
    /** 1 to 5 for CSAT, 0 to 10 for NPS; null for a survey of one's own. */
    score: integer("score"),
    comment: text("comment"),
    /** Of the survey as it was read. */
    surveyVersion: integer("survey_version").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.invitationId] }),
    foreignKey({
      columns: [t.tenantId, t.invitationId],
      foreignColumns: [surveyInvitations.tenantId, surveyInvitations.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();
