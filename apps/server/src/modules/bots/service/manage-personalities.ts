import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { lockPlanOf } from "../../plans/index.ts";
import type { PromptRow } from "../bots.queries.ts";
import type { ModelSettings } from "../bots.tables.ts";
import * as queries from "../personalities.queries.ts";
import type {
  CreatePersonality,
  ListPersonalities,
  Personality,
  UpdatePersonality,
} from "../personalities.schema.ts";
import { assertNewest, changePrompt, insertPrompt } from "./prompt-versions.ts";

/*
 * A personality is a prompt without a bot. Every change of a tenant's personalities waits behind the lock of its plan:
 * names, the one default and the bots that name one are judged by what then holds.
 */

/** How many a tenant may have: they are few, and each is a page of text. */
const most = 200;

/** The first one is the default, whatever is said. */
export async function createPersonality(ctx: Ctx, input: CreatePersonality): Promise<Personality> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    await lockPlanOf(ctx);
    if ((await queries.countPersonalities(ctx)) >= most) {
      throw new AppError("CONFLICT", `There are ${most} personalities already. Delete one first.`);
    }
    await assertNameFree(ctx, input.name);
    const row = await insertPrompt(ctx, {
      botId: null,
      name: input.name,
      content: input.systemPrompt,
      settings: settingsFrom({}, input),
      isActive: false,
    });
    const isDefault = input.isDefault || !(await queries.hasDefault(ctx));
    if (isDefault) await queries.makeDefault(ctx, row.id);
    await audit(ctx, "personality.created", row.id, undefined, { ...audited(row), isDefault });
    return describe(ctx, row.id);
  });
}

export async function listPersonalities(
  ctx: Ctx,
  input: ListPersonalities,
): Promise<{ items: Personality[]; total: number }> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.pageOfPersonalities(ctx, input);
    return { items: await queries.describePersonalities(ctx, rows), total };
  });
}

export async function getPersonality(ctx: Ctx, input: { id: string }): Promise<Personality> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, (ctx) => describe(ctx, input.id));
}

/** A change is the next version, as of a bot's prompt; it counts from the next answer on. */
export async function updatePersonality(ctx: Ctx, input: UpdatePersonality): Promise<Personality> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    await lockPlanOf(ctx);
    const before = await queries.findPersonality(ctx, input.id);
    await assertNewest(ctx, before, input.baseVersion);
    if (input.name !== undefined) await assertNameFree(ctx, input.name, before.id);
    const after = await changePrompt(ctx, before, {
      name: input.name ?? before.name,
      content: input.systemPrompt ?? before.content,
      settings: settingsFrom(before.settings ?? {}, input),
    });
    if (after.version !== before.version)
      await audit(ctx, "personality.updated", after.id, audited(before), audited(after));
    return describe(ctx, after.id);
  });
}

/**
 * Throws CONFLICT, which names them, while bots name it; and of the default while there are others, so that bots
 * without a prompt never change their voice unawares.
 */
export async function deletePersonality(ctx: Ctx, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    await lockPlanOf(ctx);
    const row = await queries.findPersonality(ctx, input.id);
    const bots = await queries.botsNaming(ctx, row.id);
    if (bots.length > 0) {
      const names = bots.map(({ name }) => `"${name}"`).join(", ");
      throw new AppError("CONFLICT", `Bots answer by this personality: ${names}. Change them first.`, {
        details: { bots },
      });
    }
    if (row.isActive && (await queries.countPersonalities(ctx)) > 1) {
      throw new AppError("CONFLICT", "This is the default personality. Make another one the default first.");
    }
    await queries.deletePersonalityRow(ctx, row.id);
    await audit(ctx, "personality.deleted", row.id, audited(row));
  });
}

/** Bots without a prompt of their own answer by it from now on. */
export async function setDefaultPersonality(ctx: Ctx, input: { id: string }): Promise<Personality> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    await lockPlanOf(ctx);
    const row = await queries.findPersonality(ctx, input.id);
    if (!row.isActive) {
      await queries.makeDefault(ctx, row.id);
      await audit(ctx, "personality.made_default", row.id, undefined, { name: row.name });
    }
    return describe(ctx, row.id);
  });
}

/** The settings with the change in them: what is absent stays, null takes it away. */
function settingsFrom(
  before: ModelSettings,
  change: Pick<UpdatePersonality, "temperature" | "modelPreferences">,
): ModelSettings | null {
  const { temperature, modelPreferences } = change;
  const { temperature: oldTemperature, ...oldPreferences } = before;
  const wanted = temperature === undefined ? oldTemperature : temperature;
  const preferences = modelPreferences === undefined ? oldPreferences : (modelPreferences ?? {});
  const { provider, model, maxTokens } = preferences;
  const settings: ModelSettings = {
    ...(typeof wanted === "number" ? { temperature: wanted } : {}),
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
  return Object.keys(settings).length > 0 ? settings : null;
}

async function assertNameFree(ctx: TxCtx, name: string, except?: string): Promise<void> {
  if (!(await queries.isPersonalityNamed(ctx, name, except))) return;
  throw new AppError(
    "PROMPT_NAME_TAKEN",
    `There is a personality named "${name}" already. Choose another name.`,
  );
}

async function describe(ctx: TxCtx, id: string): Promise<Personality> {
  const [personality] = await queries.describePersonalities(ctx, [await queries.findPersonality(ctx, id)]);
  if (!personality) throw notFound("The personality");
  return personality;
}

function audited({ name, content, settings, version }: PromptRow): Record<string, unknown> {
  return { name, content, settings, version };
}

function audit(
  ctx: TxCtx,
  action: string,
  subjectId: string,
  before?: Record<string, unknown>,
  after?: Record<string, unknown>,
): Promise<void> {
  return recordAudit(ctx, {
    action,
    subjectType: "personality",
    subjectId,
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
  });
}
