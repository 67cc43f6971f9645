import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { changeUser, findUser, recordAudit, toUser, type User } from "../../identity/index.ts";
import { planOf } from "../../plans/index.ts";
import type { updateProfileSchema } from "../account.schema.ts";

/** The signed-in user's own account, with the plan of the tenant in which they are. */
export async function getOwnUser(ctx: Ctx): Promise<User> {
  const id = ownId(ctx);
  return inTx(ctx, async (ctx) => toUser(await findUser(id), (await planOf(ctx)).id));
}

/** Changes the signed-in user's name or image; `image: null` takes the image away. */
export async function updateProfile(ctx: Ctx, input: z.infer<typeof updateProfileSchema>): Promise<User> {
  const id = ownId(ctx);
  return inTx(ctx, async (ctx) => {
    const before = await findUser(id, { lock: true });
    const set = {
      name: input.name ?? before.name,
      image: input.image === undefined ? before.image : input.image,
    };
    const after = await changeUser(id, { ...set, updatedAt: ctx.now() });
    await recordAudit(ctx, {
      action: "user.profile_updated",
      subjectType: "user",
      subjectId: id,
      before: { name: before.name, image: before.image },
      after: set,
    });
    return toUser(after, (await planOf(ctx)).id);
  });
}

export function ownId(ctx: Ctx): string {
  if (ctx.actor.kind === "user") return ctx.actor.userId;
  throw new AppError("FORBIDDEN", "Only a person has an account.");
}
