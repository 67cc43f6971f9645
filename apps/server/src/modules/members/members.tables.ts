import { foreignKey, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants, users } from "../identity/identity.tables.ts";

/** Colleagues who take conversations together. */
export const teams = pgTable(
  "teams",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("teams_name_key").on(t.tenantId, t.name),
    tenantPolicy(),
  ],
).enableRLS();

/** Who is in which team; somebody may be in several. The first that they joined is the one that seed 004 names. */
export const teamMembers = pgTable(
  "team_members",
  {
    tenantId: tenantId(),
    teamId: uuid("team_id").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.teamId, t.userId] }),
    foreignKey({ columns: [t.tenantId, t.teamId], foreignColumns: [teams.tenantId, teams.id] }).onDelete(
      "cascade",
    ),
    index("team_members_user_idx").on(t.tenantId, t.userId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();
