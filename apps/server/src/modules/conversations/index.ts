export { type Audience, audiences, isOfAudience } from "./audience.ts";
export {
  type ConversationStatus,
  channels,
  conversationStatuses,
  isOpen,
  isWithHuman,
  sentiments,
  severities,
} from "./conversation-state.ts";
export {
  conversationAssigned,
  conversationChanged,
  conversationMoved,
  conversationOpened,
  conversationUpdated,
  humanRequested,
  messageAdded,
  messageProgress,
  type ProgressKind,
} from "./conversations.events.ts";
export {
  type ConversationRow,
  describeConversation,
  findByClientId as messageByClientId,
  findConversation,
  latestOfCustomer,
  messageById,
} from "./conversations.queries.ts";
export {
  conversationDetailSchema,
  conversationSchema,
  conversationViews,
  type Message,
  messageText,
} from "./conversations.schema.ts";
export { countHandOffs } from "./hand-offs.queries.ts";
export { repliesOfAgents } from "./replies.queries.ts";
export { type Assignment, assignConversation, changeProperties, moveConversation } from "./service/change.ts";
export {
  type ConversationEvent,
  conversationChanges,
  type FollowInput,
  followConversation,
  followInbox,
} from "./service/follow.ts";
export {
  handBack,
  reopenConversation,
  replyAsAgent,
  requestHuman,
  resolveConversation,
  takeOver,
} from "./service/hand-off.ts";
export { discardConversation, importMessages } from "./service/import.ts";
export { getConversation, listConversations } from "./service/inbox.ts";
export { isSomeoneThere } from "./service/presence.ts";
export { releaseConversationsOf } from "./service/release.ts";
export {
  type BotTurn,
  beginBotMessage,
  finishBotMessage,
  openConversation,
  type Posted,
  pageOfMessages,
  postMessage,
  readMessages,
  repliedTo,
} from "./service/talk.ts";
