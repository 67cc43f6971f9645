import type { RateLimit } from "../platform/rate-limit/index.ts";

const minute = 60_000;
const perSecond = (limit: number): RateLimit => ({ limit, windowMs: 1_000 });
const perMinute = (limit: number): RateLimit => ({ limit, windowMs: minute });
const perHour = (limit: number): RateLimit => ({ limit, windowMs: 60 * minute });

/** Whose calls are counted together. */
type Subject = "address" | "caller" | "tenant";

/** A class of calls: at most so many for each subject, by every rule at once. */
export interface RatePolicy {
  by: Subject;
  rules: readonly [RateLimit, ...RateLimit[]];
}

const policy = (by: Subject, ...rules: RatePolicy["rules"]): RatePolicy => ({ by, rules });

/**
 * How often what may be called, in one table. A procedure or route names its class; without one it is `public` where
 * anyone may call it (a known caller's call of it is `authenticated`), else `tenant`, `v1` or `tenantApi` by its face.
 */
export const ratePolicies = {
  // Seed 000, "Rate Limiting"
  public: policy("address", perMinute(20)),
  authenticated: policy("caller", perMinute(100)),
  tenant: policy("caller", perMinute(200)),
  chatMessage: policy("caller", perMinute(60)),
  knowledgeUpload: policy("caller", perHour(30)),
  ai: policy("caller", perMinute(100)),

  // Seed 002, "Rate Limiting": 60 a minute over any five minutes, with bursts of 100 in one
  tenantApi: policy("tenant", perMinute(100), { limit: 5 * 60, windowMs: 5 * minute }),

  // Seed 003, "API Rate Limiting"; translations and summaries are counted as soon as there are any
  question: policy("caller", perMinute(10)),
  translation: policy("caller", perHour(5)),
  summary: policy("caller", perHour(3)),

  // Seed 004, "Rate Limits"; search, AI, webhooks and sockets are counted as soon as there are any
  v1: policy("caller", perMinute(100)),
  v1Search: policy("caller", perMinute(30)),
  v1Ai: policy("caller", perMinute(20)),
  webhook: policy("tenant", perMinute(1_000)),
  socketMessage: policy("caller", perSecond(50)),

  // Ours: where many honest people share an address, or a program asks for its own answers
  health: policy("address", perMinute(240)),
  session: policy("address", perMinute(240)),
  signIn: policy("address", perMinute(30)),
  template: policy("address", perMinute(300)),
  publicPage: policy("address", perMinute(120)),
  visitorSession: policy("address", perMinute(60)),
  handOff: policy("caller", perMinute(20)),
  visitorActivity: policy("caller", perMinute(120)),
  // by address, for a new visitor costs nothing and their files do
  visitorFile: policy("address", perMinute(20), perHour(100)),
  surveyAnswer: policy("address", perMinute(30)),
  provider: policy("caller", perMinute(30)),
  textMessage: policy("caller", perMinute(20), perHour(300)),
  program: policy("caller", perMinute(120)),
  programRead: policy("caller", perMinute(240)),
  programStart: policy("caller", perMinute(20)),
  refusedCredential: policy("address", perMinute(30)),
} as const satisfies Record<string, RatePolicy>;

export type RateClass = keyof typeof ratePolicies;
