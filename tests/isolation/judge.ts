import type { Answered } from "./wire.ts";

/** What came of a call, so far as it may depend on the id that was sent. */
export interface Outcome {
  status: number;
  /** The code of a refusal, in any dialect; null where there is none. */
  code: string | null;
  /** The body without what differs from call to call: ids, times. */
  body: string;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const code = /"errorCode":"(\w+)"|"code":"(\w+)"/;

export function outcomeOf({ status, head, body, open }: Answered): Outcome {
  const isStream = /text\/event-stream/.test(head);
  const found = (status >= 400 || isStream) && !open ? code.exec(body) : null;
  // when the parts of a stream come is chance: it was let in, or refused
  if (isStream && !found) return { status, code: null, body: "(stream)" };
  return {
    status,
    code: found?.[1] ?? found?.[2] ?? (status >= 400 ? String(status) : null),
    body: body.replaceAll(uuid, "<id>").replaceAll(moment, "<time>"),
  };
}

/** Refused in whatever way: by status, or inside of a stream. */
export const isRefused = ({ status, code }: Outcome) => status >= 400 || code !== null;

export const isAlike = (a: Outcome, b: Outcome) => a.status === b.status && a.body === b.body;

export const inShort = ({ status, code, body }: Outcome) =>
  `${status} ${code ?? ""} ${body.slice(0, 300)}`.replaceAll(/\s+/g, " ");
