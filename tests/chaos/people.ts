import { postAuth, sessionOf } from "../harness/server.ts";
import type { World } from "./world.ts";

/** What somebody was told is done: it must be there whatever happens next. */
export interface Acknowledged {
  conversationId: string;
  by: string;
  act: "say" | "reply" | "handoff" | "takeOver" | "handBack" | "resolve";
  /** The words of what was said. */
  text: string | null;
}

/** The outcome of one try: told done, told no (and why), or told nothing because the server died. */
type Outcome = "done" | "refused" | "silence";

/** Someone who does one thing after the other, and does a thing again that got no answer. */
export interface Person {
  name: string;
  /** One thing, to its end or to silence; `again` where the last one met silence. */
  step(random: () => number): Promise<void>;
}

const refusals = new Set([400, 403, 404, 409, 412, 422]);

async function outcomeOf(call: () => Promise<Response>): Promise<Outcome> {
  try {
    const response = await call();
    if (response.ok) {
      await response.body?.cancel();
      return "done";
    }
    const text = await response.text();
    if (refusals.has(response.status)) return "refused";
    if (response.status === 503) return "silence"; // it said that it could not, which is no acknowledgement
    throw new Error(`Unexpected answer ${response.status}: ${text.slice(0, 300)}`);
  } catch (error) {
    if (error instanceof TypeError) return "silence"; // no connection, or one that was cut
    throw error;
  }
}

/** A person whose acts come from `choose`; what is acknowledged goes into the ledger. */
function person(
  name: string,
  ledger: Acknowledged[],
  choose: (
    random: () => number,
    nth: number,
  ) => { record: Omit<Acknowledged, "by">; call: () => Promise<Response> },
): Person {
  let nth = 0;
  let unanswered: ReturnType<typeof choose> | null = null;
  return {
    name,
    async step(random) {
      const act = unanswered ?? choose(random, ++nth);
      const outcome = await outcomeOf(act.call);
      unanswered = outcome === "silence" ? act : null;
      if (outcome === "done") ledger.push({ ...act.record, by: name });
    },
  };
}

/** A visitor with a conversation of their own, who writes and sometimes asks for a person. */
export async function newVisitor(world: World, name: string, ledger: Acknowledged[]) {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${world.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const opened = await post(`/api/widget/${world.widgetId}/session`, { token: null, locale: "en" });
  const { token, conversationId } = await opened.json();
  const headers = { authorization: `Bearer ${token}` };
  const visitor = person(name, ledger, (random, nth) => {
    if (random() < 0.2) {
      return {
        record: { conversationId, act: "handoff", text: null },
        call: () => post(`/api/chat/${conversationId}/handoff`, {}, headers),
      };
    }
    const text = `${name} says ${nth}`;
    const message = { id: crypto.randomUUID(), role: "user", parts: [{ type: "text", text }] };
    return {
      record: { conversationId, act: "say", text },
      call: () => post("/api/chat", { id: conversationId, messages: [message] }, headers),
    };
  });
  return { ...visitor, conversationId: String(conversationId) };
}

/** An agent who takes conversations, answers, gives them back and resolves them. */
export async function newAgent(
  world: World,
  name: string,
  conversationIds: readonly string[],
  ledger: Acknowledged[],
) {
  const response = await postAuth(world.url, "login", {
    email: world.email,
    password: world.password,
  });
  const { headers } = await sessionOf(world.url, response);
  const call = (procedure: string, input: object) =>
    fetch(`${world.url}/trpc/conversations.${procedure}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(input),
    });
  const agent = person(name, ledger, (random, nth) => {
    const id = conversationIds[Math.floor(random() * conversationIds.length)] ?? "";
    const dice = random();
    if (dice < 0.6) {
      const text = `${name} replies ${nth}`;
      const clientId = crypto.randomUUID();
      return {
        record: { conversationId: id, act: "reply", text },
        call: () => call("reply", { id, text, clientId }),
      };
    }
    const act = dice < 0.75 ? "takeOver" : dice < 0.9 ? "handBack" : "resolve";
    return { record: { conversationId: id, act, text: null }, call: () => call(act, { id }) };
  });
  return { ...agent, headers };
}
