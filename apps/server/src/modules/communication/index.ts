export type { ConnectionKind } from "./communication.types.ts";
export type { Connection } from "./kinds/kind.ts";
export { slack } from "./kinds/slack.ts";
export { sms } from "./kinds/sms.ts";
export { type ConnectionReport, connectionOf, reportConnection } from "./service/open-connection.ts";
export { tenantOfAccount } from "./service/public-name.ts";
