export { attachmentLimits, base64Content } from "./attachment.schema.ts";
export { type Audience, audiences, isOfAudience } from "./audience.ts";
export {
  type ConversationStatus,
  channels,
  conversationStatuses,
  escalationPriorities,
  escalationStatuses,
  isOpen,
  isWithHuman,
  sentiments,
  severities,
} from "./conversation-state.ts";
export {
  type ConversationChange,
  conversationAssigned,
  conversationChanged,
  conversationDeleted,
  conversationMoved,
  conversationOpened,
  conversationRead,
  conversationUpdated,
  humanRequested,
  messageAdded,
  messageProgress,
  type ProgressKind,
  typing,
} from "./conversations.events.ts";
export {
  type ConversationFilter,
  conversationFilter,
  conversationOrder,
  tag,
} from "./conversations.filter.ts";
export { conversationsPersonalData } from "./conversations.personal-data.ts";
export {
  type ConversationRow,
  findByClientId as messageByClientId,
  findConversation,
  latestOfCustomer,
  messageById,
} from "./conversations.queries.ts";
export {
  type Attachment,
  conversationDetailSchema,
  conversationSchema,
  conversationViews,
  foundConversationSchema,
  type Message,
  messageMarkup,
  messageText,
  viewCountsSchema,
} from "./conversations.schema.ts";
export {
  assertEscalationMay,
  type EscalationStatus,
} from "./escalation-state.ts";
export { confirmations, unaskedConfirmationIn } from "./hand-off.strings.ts";
export { countHandOffs } from "./hand-offs.queries.ts";
export { describeConversation } from "./inbox.queries.ts";
export {
  type CannedReply,
  cannedReplySchema,
  createCannedReplySchema,
  savedViewSchema,
  saveViewSchema,
  viewFilter,
} from "./inbox.schema.ts";
export { repliesOfAgents } from "./replies.queries.ts";
export { type AgentMessage, addNote, replyAsAgent } from "./service/agent-messages.ts";
export { annotateMessage } from "./service/annotate.ts";
export {
  type AttachmentRow,
  assertArrived,
  attach,
  keepFiles,
  namesOf,
  openAttachment,
  tidyAttachments,
} from "./service/attachments.ts";
export { type Beside, followBeside } from "./service/beside.ts";
export {
  createCannedReply,
  deleteCannedReply,
  getCannedReply,
  listCannedReplies,
  updateCannedReply,
} from "./service/canned-replies.ts";
export {
  type Assignment,
  assignConversation,
  changeProperties,
  moveConversation,
  noteFindings,
} from "./service/change.ts";
export { confirmationOf } from "./service/confirmation.ts";
export { createConversation } from "./service/create.ts";
export { currentConversation, type ReadUpTo } from "./service/current.ts";
export { deleteMessage } from "./service/delete-message.ts";
export type { EscalationPriority } from "./service/escalations.ts";
export {
  type ConversationEvent,
  conversationChanges,
  type FollowInput,
  followConversation,
  followInbox,
} from "./service/follow.ts";
export { type CurrentEvents, followCurrent } from "./service/follow-current.ts";
export {
  escalate,
  handBack,
  reopenConversation,
  requestHuman,
  resolveConversation,
  takeOver,
} from "./service/hand-off.ts";
export { discardConversation, importMessages } from "./service/import.ts";
export { getConversation, listConversations } from "./service/inbox.ts";
export {
  conversationsOf,
  type EventPlace,
  eventsAfter,
  eventsAt,
  type NumberedEvent,
} from "./service/numbered-events.ts";
export { erasedText, erasePerson, giveToCustomer, lockConversationsOf } from "./service/of-customer.ts";
export {
  type Agent,
  giveConversation,
  releaseConversation,
  withdrawRequest,
} from "./service/ownership.ts";
export { keepPresent } from "./service/present.ts";
export { markRead, markReadByCustomer } from "./service/read-marks.ts";
export {
  getMessage,
  type MessageWindow,
  type ShownMessage,
  windowOfMessages,
} from "./service/read-messages.ts";
export { recentNumbered } from "./service/recent-events.ts";
export { mergeConversations, splitConversation } from "./service/regroup.ts";
export { releaseConversationsOf } from "./service/release.ts";
export { deleteView, listViews, saveView } from "./service/saved-views.ts";
export { searchConversations, searchSessions } from "./service/search.ts";
export { endConversation } from "./service/sessions.ts";
export { merge } from "./service/streams.ts";
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
export { reachableOver, tellCustomer } from "./service/tell-customer.ts";
export { tellCustomerTyping, tellTyping } from "./service/typing.ts";
export { type ConversationUpdate, updateConversation } from "./service/update.ts";
