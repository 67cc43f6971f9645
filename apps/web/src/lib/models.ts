import type { Outputs } from "./trpc.ts";

/** The things the console shows, as the server's procedures return them. */
export type Session = NonNullable<Outputs["auth"]["getSession"]>;
export type Bot = Outputs["bot"]["list"]["items"][number];
export type BotDocument = Outputs["botDocument"]["listByBotId"][number];
export type Prompt = Outputs["botPrompt"]["listByBotId"][number];
export type PromptVersion = Outputs["botPrompt"]["history"]["items"][number];
export type Template = Outputs["template"]["list"]["items"][number];
export type WidgetConfig = Outputs["widgetConfig"]["getByBotId"];
export type ApiKey = Outputs["user"]["listLlmApiKeys"][number];
export type AccessKey = Outputs["apiKeys"]["list"][number];
export type Provider = ApiKey["provider"];
export type Budget = Outputs["budget"]["get"];
export type ModelPrice = Outputs["prices"]["list"]["items"][number];
export type KnowledgeDocument = Outputs["knowledge"]["get"];
export type Answer = Outputs["answers"]["get"];
export type Citation = Answer["citations"][number];
export type Claim = Answer["claims"][number];
export type ConversationPage = Outputs["conversations"]["list"];
export type Conversation = ConversationPage["items"][number];
export type ConversationDetail = Outputs["conversations"]["get"];
export type ChatMessage = ConversationDetail["messages"][number];
export type Usage = Outputs["user"]["getUsage"];
export type User = Outputs["admin"]["listUsers"]["items"][number];
export type Plan = Outputs["admin"]["listPlans"][number];
export type Tenant = Outputs["admin"]["listTenants"]["items"][number];
