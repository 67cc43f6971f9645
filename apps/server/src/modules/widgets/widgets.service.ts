import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { contextFor, type Services } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { AppError, notFound } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../ports/index.ts";
import { findBot } from "../bots/index.ts";
import { currentConversation, isOpen, latestOfCustomer, openConversation } from "../conversations/index.ts";
import { createCustomer, liveCustomerId } from "../customers/index.ts";
import {
  assertCan,
  assertPermitted,
  assertTenantWorks,
  findTenant,
  namesOf,
  publishName,
  recordAudit,
  tenantOfName,
} from "../identity/index.ts";
import { domainsOfWidget, isAllowedOrigin } from "./allowed-origin.ts";
import { firstGreeting, greetingFor } from "./greeting.ts";
import type { updateWidgetSchema, VisitorSession, Widget } from "./widgets.schema.ts";
import { widgets } from "./widgets.tables.ts";

type Row = typeof widgets.$inferSelect;

const defaultColor = "#1d4ed8";

/** The bot's widget; made with its defaults when it is first asked for. */
export async function getWidget(ctx: Ctx, input: { botId: string }): Promise<Widget> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => describe(ctx, await ensureWidget(ctx, input.botId)));
}

export async function updateWidget(ctx: Ctx, input: z.infer<typeof updateWidgetSchema>): Promise<Widget> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    const before = await ensureWidget(ctx, input.botId);
    const [row] = await ctx.tx
      .update(widgets)
      .set({
        headerText: input.headerText ?? before.headerText,
        primaryColor: input.primaryColor ?? before.primaryColor,
        initialGreeting: input.initialGreeting ?? before.initialGreeting,
        locale: input.locale === undefined ? before.locale : input.locale,
        allowedDomains: input.allowedDomains ?? before.allowedDomains,
        updatedAt: ctx.now(),
      })
      .where(and(eq(widgets.tenantId, ctx.tenantId), eq(widgets.id, before.id)))
      .returning();
    if (!row) throw notFound("The widget");
    await recordAudit(ctx, {
      action: "widget.updated",
      subjectType: "widget",
      subjectId: row.id,
      before: changeable(before),
      after: changeable(row),
    });
    return describe(ctx, row);
  });
}

/**
 * Opens or resumes a visitor's session. The origin decides whether the page may embed the widget: throws
 * ORIGIN_NOT_ALLOWED. An unreadable token is as none: the visitor starts anew.
 */
export async function startVisitorSession(
  services: Services,
  input: {
    widgetId: string;
    token: string | null;
    locale: string | null;
    origin: string | null;
    ipAddress: string;
    /** Who the page says that they are, as a customer's id; null where it says nothing that can be believed. */
    recognise?: (ctx: TxCtx, visitorId: string | null) => Promise<string | null>;
  },
): Promise<{ ctx: Ctx; answer: VisitorSession }> {
  const tenantId = await tenantOfName(services.db, "widget", input.widgetId);
  if (!tenantId) throw notFound("The widget");
  await assertTenantWorks(services.db, tenantId);
  const claims = input.token ? await services.ports.visitorTokens.read(input.token).catch(() => null) : null;
  const known =
    claims?.widgetId === input.widgetId && claims.tenantId === tenantId ? claims.customerId : null;

  const system = contextFor(services, { kind: "system", name: "widget" }, tenantId, input.ipAddress);
  const opened = await inTx(system, async (ctx) => {
    const widget = await findWidget(ctx, input.widgetId);
    const { allowedDomains, language } = await findTenant(tenantId);
    const domains = domainsOfWidget(allowedDomains, widget.allowedDomains);
    if (!isAllowedOrigin(input.origin, domains, ctx.publicUrl)) {
      throw new AppError(
        "ORIGIN_NOT_ALLOWED",
        "This site is not among the domains that may show this widget.",
      );
    }
    const bot = await findBot(ctx, widget.botId);
    await assertPermitted(ctx, "agents", bot.id);
    // of somebody who was erased nothing is known any more
    const visitor = known !== null && (await liveCustomerId(ctx, known)) !== null ? known : null;
    const resumed = (await input.recognise?.(ctx, visitor)) ?? visitor;
    const customerId = resumed ?? (await createCustomer(ctx, { locale: input.locale })).id;
    const asVisitor = {
      ...ctx,
      actor: { kind: "visitor", customerId, widgetId: widget.id, botId: bot.id },
    } as const;
    const last = resumed ? await latestOfCustomer(asVisitor, resumed, bot.id) : null;
    const latest = last && (await currentConversation(asVisitor, last.id)); // where colleagues merged it into another
    const conversation =
      latest && isOpen(latest.status)
        ? latest
        : await openConversation(ctx, { botId: bot.id, channel: "widget", customerId });
    const names = await namesOf(ctx, [conversation.assigneeId]);
    const locale = widget.locale ?? language;
    return { widget, locale, bot, customerId, conversation, agent: names.get(conversation.assigneeId ?? "") };
  });

  const { widget, locale, bot, customerId, conversation, agent } = opened;
  const token = await services.ports.visitorTokens.issue({
    tenantId,
    widgetId: widget.id,
    botId: bot.id,
    customerId,
    origin: input.origin,
  });
  const actor = { kind: "visitor", customerId, widgetId: widget.id, botId: bot.id } as const;
  return {
    ctx: contextFor(services, actor, tenantId, input.ipAddress),
    answer: {
      token,
      conversationId: conversation.id,
      status: conversation.status,
      agent: agent ? { name: agent } : null,
      lastEventId: conversation.lastSequence,
      widget: {
        headerText: widget.headerText,
        primaryColor: widget.primaryColor,
        greeting: greetingFor(widget.initialGreeting, locale ?? input.locale),
        botName: bot.name,
        locale,
      },
    },
  };
}

async function findWidget(ctx: TxCtx, id: string): Promise<Row> {
  const [row] = await ctx.tx
    .select()
    .from(widgets)
    .where(and(eq(widgets.tenantId, ctx.tenantId), eq(widgets.id, id)));
  if (!row) throw notFound("The widget");
  return row;
}

/** The bot's widget, made where there is none. Holds the bot's row, so that two callers make one widget. */
export async function ensureWidget(ctx: TxCtx, botId: string): Promise<Row> {
  const bot = await findBot(ctx, botId, { lock: true });
  const [existing] = await ctx.tx
    .select()
    .from(widgets)
    .where(and(eq(widgets.tenantId, ctx.tenantId), eq(widgets.botId, botId)));
  if (existing) return existing;
  const [row] = await ctx.tx
    .insert(widgets)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      botId,
      headerText: bot.name,
      primaryColor: defaultColor,
      initialGreeting: firstGreeting(bot.templateId),
      allowedDomains: [],
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The widget was not written.");
  await publishName(ctx, "widget", row.id, { botId });
  return row;
}

function describe(ctx: TxCtx, row: Row): Widget {
  return {
    botId: row.botId,
    widgetId: row.id,
    headerText: row.headerText,
    primaryColor: row.primaryColor,
    initialGreeting: row.initialGreeting,
    locale: row.locale,
    allowedDomains: row.allowedDomains,
    embedCode: `<script src="${ctx.publicUrl}/widget.js" data-widget="${row.id}" async></script>`,
    updatedAt: row.updatedAt,
  };
}

function changeable({ headerText, primaryColor, initialGreeting, locale, allowedDomains }: Row) {
  return { headerText, primaryColor, initialGreeting, locale, allowedDomains };
}
