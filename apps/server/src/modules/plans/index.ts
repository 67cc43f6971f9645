export { allPlans, type PlanRow, planOf, usesThisMonth } from "./plans.queries.ts";
export { type Plan, planSchema, unlimited } from "./plans.schema.ts";
export type { MonthlyUse } from "./plans.tables.ts";
export { assertRoom } from "./service/assert-room.ts";
export { countUse } from "./service/count-use.ts";
export { ensurePlans } from "./service/ensure-plans.ts";
export { type Limit, maxOf, type RoomLimit } from "./service/limits.ts";
export { assertAdvancedRagConfig } from "./service/rag-config.ts";
