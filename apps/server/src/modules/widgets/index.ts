export { allowedOrigins, isAllowedOrigin } from "./allowed-origin.ts";
export { createVisitorTokens } from "./visitor-token.ts";
export { domainSchema, visitorSessionSchema } from "./widgets.schema.ts";
export { getWidget, startVisitorSession } from "./widgets.service.ts";
