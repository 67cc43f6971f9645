export { toV1Channel, v1Channel, v1MessageSchema } from "./v1-conversations.schema.ts";
export { toV1Message } from "./v1-describe.ts";
