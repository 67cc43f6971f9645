import { type DestinationStream, type Logger, pino } from "pino";
import { loggable } from "./loggable.ts";

/** No child loggers: their own fields would go past the redaction. */
export type Log = Pick<Logger, "fatal" | "error" | "warn" | "info" | "debug" | "trace">;

/** Structured log lines on standard output; secrets in them are replaced by `[redacted]`. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const safe = (fields: object): Record<string, unknown> => {
    const result = loggable(fields);
    return typeof result === "object" && result !== null ? { ...result } : {};
  };
  // pino's own serializer of `err` would run before the formatter and lose what it knows of errors
  const options = {
    level,
    base: undefined,
    serializers: { err: (value: unknown) => value },
    formatters: { log: safe },
  };
  return destination ? pino(options, destination) : pino(options);
}
