export { hasPromises, tenantsWithDueClocks } from "./clocks.queries.ts";
export type { ClockKind } from "./clocks.ts";
export { followClocks, sweepClocks } from "./service/follow-clocks.ts";
export { slaOf } from "./service/sla-of.ts";
export { slaBreached, slaWarning } from "./slas.events.ts";
export { followClocksQueue, sweepQueue, sweepSchedule } from "./slas.jobs.ts";
export { type SlaState, slaStateSchema } from "./slas.schema.ts";
