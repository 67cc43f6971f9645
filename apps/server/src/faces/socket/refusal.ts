import { z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import { findAppError, internalMessage } from "../error-table.ts";
import { type V1Error, v1Error } from "../v1/error-body.ts";

/** A failure in the words of seed 004, whose dialect this is. */
export function socketRefusal(error: unknown): V1Error {
  const known = findAppError(error);
  const { code, message, details } = known ?? {
    code: "INTERNAL" as const,
    message: internalMessage,
    details: undefined,
  };
  return v1Error(code, message, details).error;
}

/** What came with an event, checked; throws VALIDATION_ERROR with each wrong field. */
export function parseInput(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError("VALIDATION_ERROR", `The data is not right:\n${z.prettifyError(result.error)}`, {
    details: {
      fields: result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    },
  });
}

/** An error as Socket.IO's handshake sends it: the client finds `data` at its `connect_error`. */
export class HandshakeError extends Error {
  readonly data: V1Error;

  constructor(error: unknown) {
    const data = socketRefusal(error);
    super(data.message);
    this.data = data;
  }
}
