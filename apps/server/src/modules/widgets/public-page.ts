import { and, eq } from "drizzle-orm";
import { contextFor, type Services } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { findNamedBot } from "../bots/index.ts";
import { findTenant, tenantOfName, tenantStatus } from "../identity/index.ts";
import { ensureWidget } from "./widgets.service.ts";
import { widgets } from "./widgets.tables.ts";

/** What the page of a bot's own shows before its first call to the server. */
export interface PublicPage {
  widgetId: string;
  headerText: string;
  primaryColor: string;
  initialGreeting: string;
  locale: "en" | "fr" | "ar" | null;
  botName: string;
  description: string | null;
}

/**
 * The chat page behind a bot's public address; null where there is no such bot, or its page is switched
 * off. The widget is made where the bot has none yet: the page's visitors are the widget's.
 */
export async function findPublicPage(services: Services, publicUrlId: string): Promise<PublicPage | null> {
  if (!/^[\w-]{1,64}$/.test(publicUrlId)) return null;
  const tenantId = await tenantOfName(services.db, "bot", publicUrlId);
  if (!tenantId || (await tenantStatus(services.db, tenantId)) !== "active") return null;
  const system = contextFor(services, { kind: "system", name: "public page" }, tenantId, null);
  return inTx(system, async (ctx) => {
    const bot = await findNamedBot(ctx, publicUrlId);
    if (!bot?.publicPage) return null;
    const [known] = await ctx.tx
      .select()
      .from(widgets)
      .where(and(eq(widgets.tenantId, ctx.tenantId), eq(widgets.botId, bot.id)));
    const { id, headerText, primaryColor, initialGreeting, locale } =
      known ?? (await ensureWidget(ctx, bot.id));
    const { language } = await findTenant(tenantId);
    return {
      widgetId: id,
      headerText,
      primaryColor,
      initialGreeting,
      locale: locale ?? language,
      botName: bot.name,
      description: bot.description,
    };
  });
}
