import type { FastifyRequest } from "fastify";
import type { RequestFacts } from "../principal.ts";

/** What the audit log keeps of a request beside its address. A name that a client makes up is kept to a length. */
export function factsOf(request: FastifyRequest): RequestFacts {
  const userAgent = request.headers["user-agent"]?.slice(0, 300) ?? null;
  return { userAgent, requestId: request.id };
}
