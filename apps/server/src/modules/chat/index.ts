export type { ChatDataParts, ChatMessage, ChatMetadata } from "./ui-message.ts";
