export { type Usage, usageSchema } from "./usage.schema.ts";
export { getUsage, usageOf } from "./usage.service.ts";
