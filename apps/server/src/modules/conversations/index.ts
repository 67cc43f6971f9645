export { type Audience, audiences, isOfAudience } from "./audience.ts";
export { type ConversationStatus, isOpen, isWithHuman } from "./conversation-state.ts";
export {
  conversationChanged,
  humanRequested,
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
export { createCustomer } from "./service/customers.ts";
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
