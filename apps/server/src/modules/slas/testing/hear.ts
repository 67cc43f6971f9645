import { expect } from "vitest";
import { eventually } from "../../../../../../tests/harness/eventually.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { slaBreached, slaWarning } from "../index.ts";

interface Told {
  topic: string;
  data: unknown;
}

/** Hears what a tenant's processes tell of its clocks, from now on. */
export function hearClocks(ctx: Ctx) {
  const told: Told[] = [];
  for (const { name } of [slaWarning, slaBreached]) {
    ctx.events.subscribe(ctx.tenantId, name, ({ data }) => told.push({ topic: name, data }));
  }
  return {
    forget() {
      told.length = 0;
    },
    /** Waits until so much was told, and makes sure by a later word that it is all. */
    async all(count: number): Promise<Told[]> {
      await eventually(() => expect(told.length).toBeGreaterThanOrEqual(count));
      const mark = newId();
      const heard = new Promise<void>((resolve) => {
        const stop = ctx.events.subscribe(ctx.tenantId, "conversation.deleted", ({ data }) => {
          if (data.conversationId !== mark) return;
          stop();
          resolve();
        });
      });
      await inTx(ctx, async ({ events, tenantId }) =>
        events.announce({ tenantId, topic: "conversation.deleted", data: { conversationId: mark } }),
      );
      await heard;
      return told.map(({ topic, data }) => ({ topic, data }));
    },
  };
}
