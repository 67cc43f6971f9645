import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from "@trpc/server";
import type { UIMessage } from "ai";

/** The console's view of the server's router, until the router itself can be imported. */
type Query<I, O> = TRPCQueryProcedure<{ input: I; output: O; meta: unknown }>;
type Mutation<I, O> = TRPCMutationProcedure<{ input: I; output: O; meta: unknown }>;
type Subscription<I, O> = TRPCSubscriptionProcedure<{ input: I; output: AsyncIterable<O>; meta: unknown }>;

type Provider = "openai" | "anthropic" | "grok" | "ollama";
interface RagConfig {
  chunkSize: number;
  overlap: number;
  topK: number;
}
interface Bot {
  id: string;
  userId: string;
  name: string;
  description: string | null;
  publicUrlId: string;
  templateId: string | null;
  ragConfig: RagConfig;
  activePromptId: string | null;
  activeLlmConfigProvider: Provider | null;
  documentCount: number;
  status: "CREATING" | "PROCESSING_DOCUMENTS" | "READY" | "ERROR" | "UPDATING";
  createdAt: string;
  updatedAt: string;
}
interface BotDocument {
  id: string;
  botId: string;
  fileName: string;
  sourceType: string;
  fileType: string;
  fileSize: number;
  status: "PENDING" | "PROCESSING" | "PROCESSED" | "FAILED";
  errorMessage: string | null;
  errorCode: string | null;
  stage: "queued" | "reading" | "chunking" | "embedding" | "indexing" | null;
  progress: number;
  chunkCount: number;
  processedAt: string | null;
  uploadedAt: string;
  updatedAt: string;
}
interface Prompt {
  id: string;
  botId: string;
  name: string;
  content: string;
  isActive: boolean;
  createdAt: string;
  updatedAt: string;
}
interface ApiKey {
  provider: Provider;
  isConfigured: boolean;
  lastTested: string | null;
  statusMessage: string | null;
  baseUrl: string | null;
  model: string | null;
}
interface WidgetConfig {
  botId: string;
  widgetId: string;
  headerText: string;
  primaryColor: string;
  initialGreeting: string;
  locale: "en" | "fr" | "ar" | null;
  allowedDomains: string[];
  embedCode: string;
  updatedAt: string;
}
interface Citation {
  number: number;
  documentId: string;
  documentName: string;
  version: number;
  chunkId: string;
  headingPath: string[];
  page: number | null;
  startOffset: number;
  endOffset: number;
  quote: string;
}
interface Claim {
  text: string;
  citations: number[];
  verdict: "supported" | "unsupported" | "uncited" | "not_a_claim";
  score: number;
  reasons: string[];
}
interface Stage {
  stage: string;
  ms: number;
  summary: string;
  data?: unknown;
}
interface Answer {
  id: string;
  question: string;
  verdict: "correct" | "ambiguous" | "incorrect";
  confidence: number;
  mode: "model" | "extractive" | "abstained" | "withheld";
  model: string | null;
  fallbackReason: string | null;
  claims: Claim[];
  citations: Citation[];
  trace: {
    language: string;
    standaloneQuestion: string;
    instructions: string;
    passages: unknown[];
    stages: Stage[];
  };
  inputTokens: number;
  outputTokens: number;
  cost: number;
  latencyMs: number;
  rating: string | null;
  createdAt: string;
}
type ConversationStatus =
  | "new"
  | "ai_handling"
  | "escalated"
  | "awaiting_agent"
  | "awaiting_customer"
  | "resolved"
  | "closed";
interface Conversation {
  id: string;
  status: ConversationStatus;
  channel: "widget" | "playground" | "api";
  subject: string | null;
  lastMessageText: string | null;
  lastMessageAt: string | null;
  createdAt: string;
  customer: { id: string; name: string | null; email: string | null } | null;
  assignee: { id: string; name: string } | null;
  bot: { id: string; name: string } | null;
}
interface MessageMetadata {
  createdAt: string;
  author: { kind: "customer" | "bot" | "agent" | "system"; name: string | null };
  answerId?: string;
  conversationId?: string;
  rating?: "THUMBS_UP" | "THUMBS_DOWN" | null;
  state?: "streaming" | "complete" | "interrupted";
}
type MessageData = {
  stage: { stage: string; ms: number; summary: string };
  verification: {
    verdict: Answer["verdict"];
    confidence: number;
    mode: Answer["mode"];
    model: string | null;
    notice?: string;
    claims: Claim[];
  };
  handoff: { offered: boolean; reason: string };
  delivered: { to: "agent" };
};
type ChatMessage = UIMessage<MessageMetadata, MessageData>;
interface ConversationDetail extends Conversation {
  allowed: { reply: boolean; takeOver: boolean; handBack: boolean; resolve: boolean; reopen: boolean };
  escalation: { reason: string; status: string; createdAt: string } | null;
}
interface Session {
  user: { id: string; email: string; name: string; image: string | null; role: "USER" | "ADMIN" };
  tenant: { id: string; name: string };
  role: "owner" | "admin" | "agent" | "member";
  expires: string;
}
interface Page<T> {
  items: T[];
  meta: {
    totalItems: number;
    itemCount: number;
    itemsPerPage: number;
    totalPages: number;
    currentPage: number;
  };
  links: unknown;
}
type Id = { id: string };
type ForBot = { botId: string };

interface Procedures {
  auth: { getSession: Query<void, Session | null> };
  user: {
    me: Query<void, Session["user"]>;
    listLlmApiKeys: Query<void, ApiKey[]>;
    setLlmApiKey: Mutation<{ provider: Provider; apiKey: string; baseUrl?: string; model?: string }, ApiKey>;
    removeLlmApiKey: Mutation<{ provider: Provider }, { success: boolean }>;
  };
  bot: {
    list: Query<{ page?: number; pageSize?: number; search?: string }, Page<Bot>>;
    create: Mutation<
      {
        name: string;
        description?: string;
        ragConfig?: RagConfig;
        activeLlmConfigProvider?: Provider | null;
      },
      Bot
    >;
    byId: Query<Id, (Bot & { documents: BotDocument[] }) | null>;
    update: Mutation<
      Id & {
        name?: string;
        description?: string;
        ragConfig?: RagConfig;
        activeLlmConfigProvider?: Provider | null;
      },
      Bot
    >;
    delete: Mutation<Id, { success: boolean }>;
  };
  botDocument: {
    getUploadPresignedUrl: Mutation<
      ForBot & { fileName: string; fileType: string; fileSize: number },
      { uploadUrl: string; documentId: string; storagePath: string; headers: Record<string, string> }
    >;
    confirmUpload: Mutation<
      ForBot & {
        documentId: string;
        storagePath: string;
        fileSize: number;
        fileName: string;
        fileType: string;
      },
      BotDocument
    >;
    addManualText: Mutation<ForBot & { name: string; content: string }, BotDocument>;
    listByBotId: Query<ForBot, BotDocument[]>;
    delete: Mutation<ForBot & { documentId: string }, { success: boolean }>;
  };
  knowledge: {
    reprocess: Mutation<Id, BotDocument>;
    get: Query<
      Id & { version?: number },
      {
        id: string;
        name: string;
        version: number;
        title: string | null;
        text: string;
        pages: { number: number; start: number }[];
        mediaType: string;
        language: string | null;
        status: BotDocument["status"];
        chunkCount: number;
        downloadUrl: string | null;
      }
    >;
    chunks: Query<
      { documentId: string },
      {
        id: string;
        position: number;
        text: string;
        headingPath: string[];
        page: number | null;
        startOffset: number;
        endOffset: number;
      }[]
    >;
    changes: Subscription<ForBot, BotDocument | { id: string; deleted: true }>;
  };
  botPrompt: {
    create: Mutation<ForBot & { name: string; content: string; setActive?: boolean }, Prompt>;
    listByBotId: Query<ForBot, Prompt[]>;
    byId: Query<Id, Prompt | null>;
    update: Mutation<Id & { name?: string; content?: string }, Prompt>;
    setActive: Mutation<ForBot & { promptId: string }, Prompt>;
    delete: Mutation<Id, { success: boolean }>;
  };
  widgetConfig: {
    getByBotId: Query<ForBot, WidgetConfig>;
    update: Mutation<
      ForBot & {
        headerText?: string;
        primaryColor?: string;
        initialGreeting?: string;
        locale?: WidgetConfig["locale"];
        allowedDomains?: string[];
      },
      WidgetConfig
    >;
  };
  answers: { get: Query<Id, Answer> };
  conversations: {
    list: Query<
      {
        view: "needs_human" | "mine" | "open" | "resolved" | "all";
        cursor?: string | null;
        limit?: number;
        search?: string;
      },
      {
        items: Conversation[];
        nextCursor: string | null;
        counts: { needs_human: number; mine: number; open: number };
      }
    >;
    get: Query<Id, ConversationDetail & { messages: ChatMessage[] }>;
    reply: Mutation<Id & { text: string; clientId: string }, ChatMessage>;
    takeOver: Mutation<Id, ConversationDetail>;
    handBack: Mutation<Id, ConversationDetail>;
    resolve: Mutation<Id, ConversationDetail>;
    reopen: Mutation<Id, ConversationDetail>;
    changes: Subscription<
      Record<string, never>,
      { conversationId: string; type: "message" | "status" | "new"; status: ConversationStatus }
    >;
  };
  ragQuery: {
    submitFeedback: Mutation<
      { queryLogId: string; rating: "THUMBS_UP" | "THUMBS_DOWN"; comment?: string },
      { success: boolean }
    >;
  };
}

interface ErrorShape extends TRPCDefaultErrorShape {
  data: TRPCDefaultErrorShape["data"] & { errorCode: string; details?: Record<string, unknown> };
}

export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: ErrorShape; transformer: false },
  { [Group in keyof Procedures]: Procedures[Group] }
>;
