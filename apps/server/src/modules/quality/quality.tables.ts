import {
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
import { answers } from "../answers/answers.tables.ts";
import type { ContradictingPlace } from "../answers/index.ts";
import { bots } from "../bots/bots.tables.ts";

export const reviewVerdicts = ["correct", "partly", "wrong"] as const;
export const contradictionKinds = ["number", "negation"] as const;
export const contradictionStatuses = ["open", "dismissed"] as const;

/** What a person thinks of an answer: the current verdict; earlier ones are in the audit log. */
export const answerReviews = pgTable(
  "answer_reviews",
  {
    tenantId: tenantId(),
    answerId: uuid("answer_id").notNull(),
    verdict: text("verdict", { enum: reviewVerdicts }).notNull(),
    note: text("note"),
    reviewerId: uuid("reviewer_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.answerId] }),
    foreignKey({
      columns: [t.tenantId, t.answerId],
      foreignColumns: [answers.tenantId, answers.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

/** Two passages that say different things of the same, as answers met them. */
export const contradictions = pgTable(
  "contradictions",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    /** Of both places' documents and words: the same pair again is counted, in whichever order it came. */
    pairHash: text("pair_hash").notNull(),
    kind: text("kind", { enum: contradictionKinds }).notNull(),
    /** What differs, in plain English. */
    reason: text("reason").notNull(),
    first: jsonb("first_place").$type<ContradictingPlace>().notNull(),
    second: jsonb("second_place").$type<ContradictingPlace>().notNull(),
    /** How many answers rested on either. */
    occurrences: integer("occurrences").notNull().default(1),
    lastAnswerId: uuid("last_answer_id").notNull(),
    status: text("status", { enum: contradictionStatuses }).notNull().default("open"),
    createdAt: createdAt(),
    lastSeenAt: moment("last_seen_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    unique("contradictions_pair_key").on(t.tenantId, t.botId, t.pairHash),
    index("contradictions_seen_idx").on(t.tenantId, t.status, t.lastSeenAt),
    tenantPolicy(),
  ],
).enableRLS();
