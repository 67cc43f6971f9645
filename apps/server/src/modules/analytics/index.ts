export { rangeSchema } from "./analytics.schema.ts";
export { type Period, resolvePeriod } from "./service/period.ts";
export { getBotAnalytics, getOverview } from "./service/read-analytics.ts";
export { clockOf, share } from "./service/trend.ts";
