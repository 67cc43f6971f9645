import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contextFor, type Services } from "../faces/principal.ts";
import { addBotText, createBot, listBotDocuments, listBots } from "../modules/bots/index.ts";
import {
  createAccount,
  ensureSomeAdmin,
  findAccount,
  hashPassword,
  noteTenant,
  rightsOfRole,
  searchAudit,
  startingTenant,
  tenantNote,
} from "../modules/identity/index.ts";
import { createSurvey } from "../modules/surveys/index.ts";
import { getWidget } from "../modules/widgets/index.ts";
import { randomToken } from "../platform/crypto/index.ts";
import type { Ctx } from "../ports/index.ts";
import type { Running } from "./build-services.ts";

const guide = fileURLToPath(new URL("../../../../docs/guide", import.meta.url));
const email = "demo@parlance.example";
const botName = "Parlance guide";

export interface Demo {
  email: string;
  password: string;
  /** Null when its owner has deleted the demo's bot. */
  widgetId: string | null;
}

/** Noted of the demo's tenant once it was made whole: from then on it is its owner's to change. */
const whole = JSON.stringify({ demo: "whole", survey: true });
/** What was noted before there were surveys. */
const wholeBeforeSurveys = JSON.stringify({ demo: "whole" });

/**
 * A tenant to touch before any setting: a bot that answers from Parlance's own documentation. Made on the
 * first start; one that was cut off is completed by the next. Its password is this installation's own and
 * is kept in the data directory.
 */
export async function ensureDemo(running: Running, dataDirectory: string): Promise<Demo> {
  const { services } = running;
  const { db } = services;
  const password = demoPassword(dataDirectory);
  const { userId, tenantId } = await ensureAccount(services, password);
  await ensureSomeAdmin(db, userId);
  const owner = { kind: "user", userId, name: "Demo", role: "owner", rights: rightsOfRole("owner") } as const;
  const ctx = contextFor(services, owner, tenantId, null);
  const find = async () => (await listBots(ctx, { page: 1, pageSize: 1, search: botName })).items[0];

  let bot = await find();
  const note = await tenantNote(db, tenantId);
  if (note !== whole && note !== wholeBeforeSurveys) {
    bot ??= await createBot(ctx, {
      name: botName,
      description: "Answers from Parlance's own documentation.",
    });
    const known = new Set((await listBotDocuments(ctx, { botId: bot.id })).map((document) => document.name));
    for (const document of ownDocumentation()) {
      if (!known.has(document.name)) await addBotText(ctx, { botId: bot.id, ...document });
    }
  }
  if (note !== whole) {
    await ensureSurvey(ctx);
    await noteTenant(db, tenantId, whole);
  }
  const widget = bot ? await getWidget(ctx, { botId: bot.id }) : null;
  return { email, password, widgetId: widget?.widgetId ?? null };
}

/** A survey to answer, unless there ever was one: what its owner deleted stays deleted. */
async function ensureSurvey(ctx: Ctx): Promise<void> {
  const { items } = await searchAudit(ctx, { action: "survey.created", limit: 1 });
  if (items.length > 0) return;
  await createSurvey(ctx, { name: "How did we do?", kind: "csat", trigger: {}, enabled: true });
}

/** The demo's account and tenant, each made where the first start was cut off before it. */
async function ensureAccount(
  services: Services,
  password: string,
): Promise<{ userId: string; tenantId: string }> {
  const known = await findAccount(services.db, email);
  if (!known) {
    const passwordHash = await hashPassword(services, password);
    await createAccount(services, { name: "Demo", email, passwordHash, emailVerified: true });
  }
  const account = await findAccount(services.db, email);
  if (!account) throw new Error("The demo's account could not be made.");
  return { userId: account.userId, tenantId: await startingTenant(services.db, account.userId) };
}

function ownDocumentation(): { name: string; content: string }[] {
  return readdirSync(guide)
    .sort()
    .map((file) => ({ name: file, content: readFileSync(join(guide, file), "utf8") }));
}

function demoPassword(dataDirectory: string): string {
  const file = join(dataDirectory, "demo-password");
  try {
    return readFileSync(file, "utf8");
  } catch {
    const password = randomToken(9);
    mkdirSync(dataDirectory, { recursive: true });
    writeFileSync(file, password, { mode: 0o600 });
    return password;
  }
}
