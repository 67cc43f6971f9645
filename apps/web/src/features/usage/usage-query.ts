import { trpc } from "../../lib/trpc.ts";

/** Usage changes with whatever anybody does, so it is asked for anew wherever it is shown. */
export const usageQuery = trpc.user.getUsage.queryOptions(undefined, { staleTime: 0 });
