import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, namesOf, recordAudit } from "../../identity/index.ts";
import * as queries from "../bots.queries.ts";
import type { BotPrompt, PromptVersion, PromptVersionSummary } from "../bots.schema.ts";
import { isNameTaken } from "./manage-prompts.ts";
import {
  assertNewest,
  authorNamed,
  changePrompt,
  findVersion,
  listVersions,
  type VersionRow,
} from "./prompt-versions.ts";
import { assertMayPublish, type GateOverride } from "./publishing-gate.ts";

/** What the prompt was, newest first, without the texts. */
export async function promptHistory(
  ctx: Ctx,
  input: { id: string; page: number; pageSize: number },
): Promise<{ items: PromptVersionSummary[]; total: number }> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const prompt = await queries.findPrompt(ctx, input.id);
    const rows = await listVersions(ctx, prompt, input);
    const names = await namesOf(
      ctx,
      rows.map((row) => row.createdBy),
    );
    const items = rows.map((row) => {
      const { content, ...summary } = describe(row, names.get(row.createdBy ?? ""));
      return { ...summary, characters: content.length };
    });
    return { items, total: prompt.version };
  });
}

export async function promptVersion(
  ctx: Ctx,
  input: { id: string; version: number },
): Promise<PromptVersion> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const prompt = await queries.findPrompt(ctx, input.id);
    const row = await findVersion(ctx, prompt, input.version);
    return describe(row, (await authorNamed(ctx, row))?.name);
  });
}

/**
 * Brings back what the prompt was, as its next version; whether it is in use stays as it is. The name comes back too,
 * unless another prompt has it by now: then the present one stays, and `nameKept` says so. A version that equals the
 * present one changes nothing and writes none.
 */
export async function rollbackPrompt(
  ctx: Ctx,
  input: {
    id: string;
    version: number;
    baseVersion?: number | undefined;
    override?: GateOverride | undefined;
  },
): Promise<BotPrompt & { nameKept: boolean }> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    const before = await queries.lockPrompt(ctx, input.id);
    const wanted = await findVersion(ctx, before, input.version);
    await assertNewest(ctx, before, input.baseVersion);
    if (before.isActive) {
      const bot = await queries.findBot(ctx, before.botId);
      await assertMayPublish(ctx, bot, wanted.content, input.override);
    }
    const nameKept = await isNameTaken(ctx, before.botId, wanted.name, before.id);
    const name = nameKept ? before.name : wanted.name;
    const after = await changePrompt(ctx, before, {
      name,
      content: wanted.content,
      restoredFrom: wanted.version,
    });
    if (after.version !== before.version) {
      await recordAudit(ctx, {
        action: "prompt.restored",
        subjectType: "prompt",
        subjectId: after.id,
        before: { name: before.name, content: before.content, version: before.version },
        after: { name: after.name, content: after.content, version: after.version, from: wanted.version },
      });
    }
    return { ...queries.toPrompt(after), nameKept };
  });
}

function describe(row: VersionRow, author: string | undefined): PromptVersion {
  const { promptId, version, name, content, restoredFrom, createdBy, createdAt } = row;
  const by = createdBy !== null && author !== undefined ? { id: createdBy, name: author } : null;
  return { promptId, version, name, content, restoredFrom, createdBy: by, createdAt };
}
