import type { Db } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { claimName, tenantOfName, withdrawName } from "../../identity/index.ts";
import type { ConnectionRow } from "../communication.queries.ts";
import type { ConnectionKind } from "../communication.types.ts";
import { theKind } from "./open-connection.ts";

type Account = Pick<ConnectionRow, "kind" | "settings">;

/**
 * Has the directory name this tenant for an account, so that what the provider sends us finds its way; the account that was
 * connected before is free again. Throws CONFLICT where another workspace has it.
 */
export async function changePublicName(
  ctx: TxCtx,
  { before, after }: { before: Account | null; after: Account | null },
): Promise<void> {
  const [old, next] = [before && keyOf(before), after && keyOf(after)];
  if (old && old !== next) await withdrawName(ctx, "connection", old);
  if (!after || !next || (await claimName(ctx, "connection", next))) return;
  throw new AppError(
    "CONFLICT",
    `This ${theKind(after.kind).title} app is connected to another workspace of this installation. Disconnect it there, or use an app of its own.`,
  );
}

/** Which tenant connected the account of that name; null for nobody. */
export function tenantOfAccount(db: Db, kind: ConnectionKind, name: string): Promise<string | null> {
  return tenantOfName(db, "connection", directoryKey(kind, name));
}

function keyOf({ kind, settings }: Account): string | null {
  const name = theKind(kind).publicName?.(settings);
  return name === undefined ? null : directoryKey(kind, name);
}

const directoryKey = (kind: ConnectionKind, name: string) => `${kind}:${name}`;
