import type { EmbeddingModelV4, LanguageModelV4 } from "@ai-sdk/provider";
import type { InTransaction, PlatformContext } from "../platform/ctx/index.ts";
import type { Slack } from "./slack.ts";

export * from "./slack.ts";

/** Where a tenant's own model is and how it is asked. */
export interface ModelConnection {
  provider: "openai" | "anthropic" | "grok" | "ollama";
  /** Null: the provider's own address. */
  baseUrl: string | null;
  model: string;
  apiKey: string;
}

/**
 * Models, spoken to through the AI SDK's own interfaces, so that the built-in ones and a provider's
 * are one code path.
 */
export interface Models {
  /** Need no key and no network. */
  builtin: {
    language: LanguageModelV4;
    embedding: EmbeddingModelV4;
  };
  /** Embedding models whose files the operator put on this machine: for every tenant, without key or cost. */
  local: readonly (EmbeddingModelV4 & { readonly dimensions: number })[];
  /** The server's own model, by its environment, for tenants that have set none; null without one. */
  server: LanguageModelV4 | null;
  /** Milliseconds without a word after which an answering model counts as failed. */
  silenceLimit: number;
  /** Milliseconds that the test of a connection may take. */
  testLimit: number;
  connect(connection: ModelConnection): LanguageModelV4;
  /** Throws VALIDATION_ERROR for a provider that offers no embedding models. */
  connectEmbedding(connection: ModelConnection): EmbeddingModelV4;
}

/** Who a widget's visitor is. */
export interface VisitorClaims {
  tenantId: string;
  widgetId: string;
  botId: string;
  customerId: string;
  /** The page's origin when the session began; null where the browser sent none. */
  origin: string | null;
}

/** Signs and reads the tokens of widget sessions. Each is good for one visitor of one widget on one origin. */
export interface VisitorTokens {
  issue(claims: VisitorClaims): Promise<string>;
  /** Throws UNAUTHORIZED for a token that is forged, expired or of another kind. */
  read(token: string): Promise<VisitorClaims & { expiresAt: Date }>;
}

/** Who shows an access token: seed 002's claims, and the session that it belongs to. */
export interface AccessClaims {
  userId: string;
  email: string;
  /** As it was when the token was made; what they may do is read anew with each request. */
  role: string;
  tenantId: string;
  sessionId: string;
}

/** Signs and reads the tokens by which programs act for a person. */
export interface AccessTokens {
  /** Seconds that one works. */
  lifetime: number;
  issue(claims: AccessClaims): Promise<string>;
  /** Throws UNAUTHORIZED for a token that is forged, expired or of another kind. */
  read(token: string): Promise<AccessClaims & { expiresAt: Date }>;
}

/** Sends mail, where the installation has a mail server. */
export interface Mailer {
  /** Without one nothing can be sent: callers ask this first. */
  readonly canSend: boolean;
  /** Gives one mail to the server; `id` is the same in every attempt. Throws UPSTREAM_FAILED when it was not taken. */
  send(mail: { id: string; to: string; subject: string; text: string }): Promise<void>;
  close(): void;
}

/** A tenant's own account at a provider of texts to phones, and from whom they are. */
export interface SmsAccount {
  accountSid: string;
  authToken: string;
  sender: string;
}

/** How a text fared after the provider took it; `failure` says why it did not arrive. */
export interface SmsReport {
  providerId: string;
  status: "sent" | "delivered" | "undelivered" | "failed";
  failure: string | null;
}

/**
 * Texts to phones. Whatever may pass (it is busy, it does not answer) is thrown as UPSTREAM_FAILED or UPSTREAM_TIMEOUT;
 * its `details.notSent` is true where the provider surely did not take the text.
 */
export interface SmsProvider {
  /** Throws API_KEY_INVALID for an account that is refused, VALIDATION_ERROR for a sender that is not the account's. */
  check(account: SmsAccount): Promise<{ accountName: string }>;
  /**
   * Gives one text to the provider, whose reports of it bring back the `reference`. `connection`: nothing can be sent by
   * the account until somebody repairs it.
   */
  send(
    account: SmsAccount,
    text: { to: string; text: string; reference: string },
  ): Promise<
    { sent: true; providerId: string } | { sent: false; failure: string; fault: "message" | "connection" }
  >;
  /** The provider's ids of such texts since then, for an attempt of which nothing was heard. */
  findSent(account: SmsAccount, text: { to: string; text: string; since: Date }): Promise<string[]>;
  /** What the provider tells of a text, where the account's token signed it; null for what means nothing to us. */
  readReport(said: {
    authToken: string;
    reference: string;
    body: string;
    signature: string;
  }): { signed: false } | { signed: true; report: SmsReport | null };
}

/** The domain name system, for proof that a domain is somebody's. */
export interface Dns {
  /** The texts (TXT) of a name; none for a name that has none. Throws UPSTREAM_FAILED when nobody answers. */
  texts(name: string): Promise<string[]>;
}

/** Signs what must be believed for years after, such as that a workspace was deleted. */
export interface CertificateSigner {
  /** The document as a JSON Web Signature in the compact form. */
  sign(document: object): Promise<string>;
  /** What the signatures are checked with, as a JSON Web Key Set. */
  readonly keys: { keys: Record<string, unknown>[] };
}

export interface Ports {
  /** Accounts and sessions, by better-auth: only `authOf` of the module identity knows what is in it. */
  auth: object;
  models: Models;
  visitorTokens: VisitorTokens;
  accessTokens: AccessTokens;
  certificates: CertificateSigner;
  mailer: Mailer;
  sms: SmsProvider;
  slack: Slack;
  dns: Dns;
}

/** The context of every verb. */
export type Ctx = PlatformContext<Ports>;
/** The context of what must happen inside its caller's transaction. */
export type TxCtx = InTransaction<Ctx>;
