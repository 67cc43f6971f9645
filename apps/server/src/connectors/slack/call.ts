import { z } from "zod";
import { isAppError } from "../../platform/errors/index.ts";
import { type SlackFault, SlackProblem } from "../../ports/index.ts";

type Fetch = typeof globalThis.fetch;

/** Milliseconds that one call may take. */
const patience = 10_000;

const faults: Record<string, SlackFault> = Object.fromEntries([
  ...["ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable"].map(
    (word) => [word, "busy"] as const,
  ),
  ...["request_timeout", "team_added_to_org"].map((word) => [word, "busy"] as const),
  ...["not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"].map(
    (word) => [word, "token"] as const,
  ),
  ...["missing_scope", "no_permission", "not_allowed_token_type", "org_login_required"].map(
    (word) => [word, "token"] as const,
  ),
  ...["ekm_access_denied", "team_access_not_granted", "access_denied"].map(
    (word) => [word, "token"] as const,
  ),
  ["name_taken", "taken"],
  ...["channel_not_found", "is_archived", "not_in_channel"].map((word) => [word, "gone"] as const),
]);

const answerSchema = z.looseObject({
  ok: z.boolean(),
  error: z.string().max(200).optional(),
  needed: z.string().max(500).optional(),
});

/** Of these words it is not sure that nothing was done. */
const unsure = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout"]);

/** One method of Slack's Web API: gives what it answered, in the schema's form. Throws SlackProblem. */
export type Call = <Answer extends z.ZodType>(
  token: string,
  method: string,
  fields: Record<string, string>,
  schema: Answer,
) => Promise<z.output<Answer>>;

export function createCall(fetch: Fetch, baseUrl: string): Call {
  return async (token, method, fields, schema) => {
    const response = await ask(fetch, `${baseUrl}/${method}`, token, fields);
    if (response.status === 429) throw tooOften(response.headers.get("retry-after"));
    if (response.status >= 500) throw silent(`Slack answered ${response.status}. Try again later.`);
    const text = await response.text().catch((cause: unknown) => {
      throw silent("Slack broke off its answer. Try again later.", cause);
    });
    const answer = answerSchema.safeParse(parseJson(text));
    if (!answer.success) throw silent(`Slack answered ${method} in a way that is not known.`);
    if (!answer.data.ok) throw refusal(answer.data);
    const read = schema.safeParse(answer.data);
    if (!read.success) throw silent(`Slack left something out of its answer to ${method}.`, read.error);
    return read.data;
  };
}

async function ask(fetch: Fetch, url: string, token: string, fields: Record<string, string>) {
  try {
    return await fetch(url, {
      method: "POST",
      // read by every method, where JSON is not
      headers: { authorization: `Bearer ${token}`, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    });
  } catch (cause) {
    const why = isAppError(cause) ? cause.message : "It cannot be reached.";
    throw silent(`Slack did not answer: ${why}`, cause);
  }
}

function refusal({ error: word = "unknown", needed }: z.output<typeof answerSchema>): SlackProblem {
  const fault = faults[word] ?? "refused";
  if (fault === "busy" && word.startsWith("rate")) return tooOften(null);
  if (word === "missing_scope") {
    return new SlackProblem(
      "token",
      `The Slack app lacks a right${needed ? `: ${needed}` : ""}. Add it under OAuth & Permissions, and install the app again.`,
      { word },
    );
  }
  const texts: Record<SlackFault, string> = {
    busy: `Slack has trouble at the moment (${word}). Try again later.`,
    token: `Slack refuses the bot token (${word}). Connect Slack again with a token that is valid.`,
    taken: "There is a channel of that name already.",
    gone: `The channel is not there any more, or is archived (${word}).`,
    refused: `Slack refused: ${word}.`,
  };
  return new SlackProblem(fault, texts[fault], { word, answered: !unsure.has(word) });
}

function tooOften(header: string | null): SlackProblem {
  const seconds = header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) : null;
  return new SlackProblem("busy", "Slack asks for fewer calls at the moment. Try again in a minute.", {
    word: "ratelimited",
    retryAfterSeconds: seconds,
  });
}

function silent(message: string, cause?: unknown): SlackProblem {
  return new SlackProblem("busy", message, { answered: false, cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
