import type { FastifyRequest } from "fastify";

/** Where a request came from, for sessions and the security log. */
export interface From {
  ipAddress: string;
  userAgent: string | null;
}

export function fromOf(request: FastifyRequest): From {
  return { ipAddress: request.ip, userAgent: request.headers["user-agent"]?.slice(0, 500) ?? null };
}
