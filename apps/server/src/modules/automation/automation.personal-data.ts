import { and, eq, inArray } from "drizzle-orm";
import type { PersonalData } from "../customers/index.ts";
import { automationFirings } from "./automation.tables.ts";

export const automationPersonalData: PersonalData = {
  tables: { automation_firings: "loses what was weighed and said; that it fired, and why by name, stays" },
  async erase(ctx, { conversationIds }) {
    if (conversationIds.length === 0) return;
    await ctx.tx
      .update(automationFirings)
      .set({ conditions: [], actions: [] })
      .where(
        and(
          eq(automationFirings.tenantId, ctx.tenantId),
          inArray(automationFirings.conversationId, conversationIds),
        ),
      );
  },
};
