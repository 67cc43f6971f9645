import type { FastifyReply, FastifyRequest } from "fastify";
import type { EnforceRateLimit } from "../faces/enforce-rate-limit.ts";
import { isAppError } from "../platform/errors/index.ts";

/**
 * Counts each key or token that opened nothing, for the address that showed it: whoever tries many gets
 * TOO_MANY_REQUESTS in place of the refusal. Answers the error that is to be sent.
 */
export function createRefusalCount(enforceRateLimit: EnforceRateLimit) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const isRefusal = isAppError(error) && error.code === "UNAUTHORIZED";
    if (!isRefusal || request.headers.authorization === undefined) return error;
    try {
      await enforceRateLimit("refusedCredential", { address: request.ip, caller: null }, reply);
      return error;
    } catch (tooMany) {
      return tooMany;
    }
  };
}
