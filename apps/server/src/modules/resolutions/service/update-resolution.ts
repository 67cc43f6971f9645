import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertMayBecome } from "../resolution-state.ts";
import { findResolution, type ResolutionRow, updateByClientId } from "../resolutions.queries.ts";
import type { ResolutionDetail, ResolutionUpdate, UpdateResolution } from "../resolutions.schema.ts";
import { resolutionEtas } from "../resolutions.tables.ts";
import { authorOf } from "./author.ts";
import { addToHistory, assertVersion, changeResolution, findColleague, tellOf } from "./change-resolution.ts";
import { describeWhole, toUpdate } from "./read-resolutions.ts";
import { tellOfResolution } from "./send-customer-update.ts";
import { closeSwarmsOf } from "./swarms.ts";

type OfResolution = { resolutionId: string };

/** Changes what is named, all of it or nothing. A closed one takes its swarm with it. */
export async function updateResolution(
  ctx: Ctx,
  { resolutionId, version, ...change }: OfResolution & UpdateResolution,
): Promise<ResolutionDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const before = await findResolution(ctx, resolutionId, { lock: true });
    assertVersion(before, version);
    await applyChange(ctx, before, change, "resolution.updated");
    return describeWhole(ctx, resolutionId);
  });
}

/** When it is expected to be solved now; the earlier expectations stay in its history. */
export async function updateEta(
  ctx: Ctx,
  input: OfResolution & {
    version?: number | undefined;
    expectedResolutionAt: Date | null;
    windowHours?: number | null | undefined;
    reason?: string | undefined;
  },
): Promise<ResolutionDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const before = await findResolution(ctx, input.resolutionId, { lock: true });
    assertVersion(before, input.version);
    const eta = input.expectedResolutionAt;
    const windowHours =
      eta === null ? null : input.windowHours === undefined ? before.etaWindowHours : input.windowHours;
    if (eta?.getTime() !== before.eta?.getTime() || windowHours !== before.etaWindowHours) {
      const row = await changeResolution(
        ctx,
        before,
        { eta, etaWindowHours: windowHours, etaUpdatedAt: ctx.now() },
        "resolution.eta_updated",
      );
      await ctx.tx.insert(resolutionEtas).values({
        tenantId: ctx.tenantId,
        id: newId(),
        resolutionId: row.id,
        eta,
        windowHours,
        reason: input.reason ?? null,
        ...authorOf(ctx.actor),
        createdAt: ctx.now(),
      });
      const when = eta?.toISOString() ?? "withdrawn";
      await addToHistory(ctx, row, {
        type: "eta_change",
        content: input.reason ? `${when}: ${input.reason}` : when,
      });
    }
    return describeWhole(ctx, input.resolutionId);
  });
}

/** Notes something for colleagues; with the visibility `customer` they are told as well. */
export async function addUpdate(
  ctx: Ctx,
  input: OfResolution & {
    content: string;
    visibility: "internal" | "customer";
    clientId?: string | undefined;
  },
): Promise<ResolutionUpdate> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const row = await findResolution(ctx, input.resolutionId, { lock: true });
    if (input.visibility === "customer") {
      const { line } = await tellOfResolution(ctx, row, {
        template: "custom",
        content: input.content,
        clientId: input.clientId,
      });
      return toUpdate(line);
    }
    const known = input.clientId ? await updateByClientId(ctx, row.id, input.clientId) : null;
    if (known) return toUpdate(known);
    const { content, clientId } = input;
    const added = await addToHistory(ctx, row, { type: "note", content, clientId });
    await recordAudit(ctx, {
      action: "resolution.noted",
      subjectType: "resolution",
      subjectId: row.id,
      after: { updateId: added.id },
    });
    await tellOf(ctx, row);
    return toUpdate(added);
  });
}

/** It is solved: what it was and how it was mended. The customer is told in the same moment, where that is wanted. */
export async function resolveResolution(
  ctx: Ctx,
  {
    resolutionId,
    version,
    sendCustomerNotification,
    ...findings
  }: OfResolution & {
    version?: number | undefined;
    fixDescription?: string | undefined;
    rootCause?: string | undefined;
    rootCauseCategory?: string | undefined;
    sendCustomerNotification: boolean;
  },
): Promise<ResolutionDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const before = await findResolution(ctx, resolutionId, { lock: true });
    assertVersion(before, version);
    assertMayBecome(before.status, "resolved");
    const row = await applyChange(ctx, before, { ...findings, status: "resolved" }, "resolution.resolved");
    if (sendCustomerNotification) {
      await tellOfResolution(ctx, row, { template: "resolved", clientId: `resolved:${row.version}` });
    }
    return describeWhole(ctx, resolutionId);
  });
}

async function applyChange(
  ctx: TxCtx,
  before: ResolutionRow,
  change: Omit<UpdateResolution, "version">,
  action: string,
): Promise<ResolutionRow> {
  const { status = before.status, ownerId } = change;
  if (status !== before.status) assertMayBecome(before.status, status);
  const owner = ownerId && ownerId !== before.ownerId ? await findColleague(ctx, ownerId) : null;
  const row = await changeResolution(ctx, before, change, action);
  if (row.status !== before.status) {
    await addToHistory(ctx, row, { type: "status_change", content: `${before.status} → ${row.status}` });
  }
  if (row.ownerId !== before.ownerId) {
    await addToHistory(ctx, row, { type: "assignment", content: owner?.name ?? "nobody" });
  }
  if (row.status === "closed") await closeSwarmsOf(ctx, row);
  return row;
}
