/** `external`: the id that the tenant's own site knows them by. */
export const identityKinds = ["email", "phone", "social", "device", "external"] as const;
export type IdentityKind = (typeof identityKinds)[number];

/** How a link came: what the visitor typed, what the tenant's site signed, a code that was read, what a colleague says. */
export const identitySources = ["typed", "signed", "code", "agent"] as const;
export type IdentitySource = (typeof identitySources)[number];

/** Who linked an identity, and in which conversation. No personal data: it outlives none, but it is shown. */
export interface Evidence {
  actorKind: "user" | "visitor" | "apiKey" | "system";
  actorId: string;
  conversationId?: string;
}

export const verificationKinds = ["email", "sms"] as const;

/** What a merge changes of the target. */
export interface Profile {
  name: string | null;
  email: string | null;
  phone: string | null;
  company: string | null;
  avatarUrl: string | null;
  locale: string | null;
  slaTier: string | null;
  tags: string[];
  segments: string[];
  riskFlags: string[];
  metadata: Record<string, unknown>;
}

export interface MovedConversation {
  id: string;
  /** As whom its visitor held it before. */
  visitorId: string | null;
}

/** All that it takes to part two customers again. */
export interface MergeSnapshot {
  before: Profile;
  after: Profile;
  identities: { id: string; mergeId: string | null }[];
  conversations: MovedConversation[];
}
