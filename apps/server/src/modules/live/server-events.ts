import { serverEvent } from "../../faces/socket/socket-event.ts";
import * as schemas from "./live.events.schema.ts";

/** What sockets are told. Seed 004, "Events (Server → Client)", and what is ours beside it. */
export const serverEvents = {
  opened: serverEvent("conversation:new", "A conversation was opened.", schemas.newConversation),
  message: serverEvent(
    "conversation:message",
    "A message is new, whole, or otherwise than it was: the same id again replaces it.",
    schemas.newMessage,
  ),
  stateChanged: serverEvent(
    "conversation:state_changed",
    "A conversation is in another state.",
    schemas.stateChanged,
  ),
  assigned: serverEvent(
    "conversation:assigned",
    "A conversation has another owner or team, or none. Beside a change of state it has the same number.",
    schemas.assigned,
  ),
  updated: serverEvent("conversation:updated", "Properties of a conversation changed.", schemas.updated),
  deleted: serverEvent("conversation:deleted", "A conversation is no more.", schemas.deleted),
  typing: serverEvent("conversation:typing", "A colleague begins or stops to write.", schemas.typingTold),
  read: serverEvent("conversation:read", "Up to which number somebody has read.", schemas.readTold),
  resolution: serverEvent(
    "resolution:update",
    "A resolution is otherwise than it was.",
    schemas.resolutionTold,
    {
      needs: "read resolutions",
    },
  ),
  slaWarning: serverEvent("sla:warning", "Most of the time that was promised is over.", schemas.slaTold),
  slaBreach: serverEvent("sla:breach", "A promise is broken.", schemas.slaTold),
  agentStatus: serverEvent(
    "agent:status_changed",
    "A colleague came, left, or said otherwise of themselves.",
    schemas.agentTold,
  ),
} as const;
