import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

const about = z.object({ customerId: z.uuid(), at: z.iso.datetime() });

/** Properties of a customer changed: which ones. */
export const customerUpdated = defineEvent(
  "customer.updated",
  about.extend({ changed: z.array(z.string()) }),
);

/** `sourceId` turned out to be `customerId`, whose are its conversations now; or was parted from them again. */
export const customerMerged = defineEvent(
  "customer.merged",
  about.extend({ sourceId: z.uuid(), undone: z.boolean() }),
);

/** All that was known of them is gone. */
export const customerErased = defineEvent("customer.erased", about);
