export { createVisitorTokens } from "./visitor-token.ts";
export { visitorSessionSchema } from "./widgets.schema.ts";
export { getWidget, startVisitorSession } from "./widgets.service.ts";
