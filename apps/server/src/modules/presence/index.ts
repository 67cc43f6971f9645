export { agentStatusChanged } from "./presence.events.ts";
export {
  type AgentStatus,
  agentStatuses,
  capacity,
  type Presence,
  presenceSchema,
  type RoutingSettings,
  routingSettingsSchema,
} from "./presence.schema.ts";
export {
  heartbeat,
  isSomeoneThere,
  keepStatus,
  leave,
  lockPresence,
  noteSign,
  type PresenceRow,
  presenceOf,
  toPresence,
  whoIsThere,
} from "./service/presence.ts";
export { promiseFor } from "./service/promise.ts";
export { keepRoutingSettings, routingSettingsOf } from "./service/settings.ts";
export { stillThere } from "./service/still-there.ts";
