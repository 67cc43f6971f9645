import type { RequestFacts } from "../principal.ts";

/** What of a request is read here; one of Fastify's is such a one. */
interface Asking {
  headers: { "user-agent"?: string | undefined };
  id: string;
}

/** What the audit log keeps of a request beside its address. A name that a client makes up is kept to a length. */
export function factsOf(request: Asking): RequestFacts {
  const userAgent = request.headers["user-agent"]?.slice(0, 300) ?? null;
  return { userAgent, requestId: request.id };
}
