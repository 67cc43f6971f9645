import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;

/** Names under which secrets travel; their values never reach a log line, however deep they are. */
const secretKeys = [
  "password",
  "newPassword",
  "currentPassword",
  "apiKey",
  "token",
  "secret",
  "authorization",
  "cookie",
  "set-cookie",
  "signature",
];
const paths = secretKeys.flatMap((key) => {
  const name = key.includes("-") ? `["${key}"]` : key;
  return [
    name,
    key.includes("-") ? `*${name}` : `*.${name}`,
    key.includes("-") ? `*.*${name}` : `*.*.${name}`,
  ];
});

/** Structured log lines on standard output; secrets are replaced by `[redacted]`. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, base: undefined, errorKey: "error", redact: { paths, censor: "[redacted]" } };
  return destination ? pino(options, destination) : pino(options);
}
