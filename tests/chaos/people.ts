import type { Acknowledged, Ledger } from "./ledger.ts";
import type { World } from "./world.ts";

/** The outcome of one try: told done, told no (and why), or told nothing because the server died. */
type Outcome = { said: "done"; requestId: string | null } | { said: "refused" } | { said: "silence" };

interface Act {
  record: Pick<Acknowledged, "conversationId" | "act" | "text">;
  call: () => Promise<Response>;
}

/** Someone who does one thing after the other, and does a thing again that got no answer. */
export interface Person {
  /** One thing, to its end or to silence; `again` where the last one met silence. */
  step(random: () => number): Promise<void>;
}

const refusals = new Set([400, 403, 404, 409, 412, 422]);

async function outcomeOf(call: () => Promise<Response>): Promise<Outcome> {
  try {
    const response = await call();
    if (response.ok) {
      await response.body?.cancel();
      return { said: "done", requestId: response.headers.get("x-request-id") };
    }
    const text = await response.text();
    if (refusals.has(response.status)) return { said: "refused" };
    if (response.status === 503) return { said: "silence" }; // it said that it could not: no acknowledgement
    throw new Error(`Unexpected answer ${response.status}: ${text.slice(0, 300)}`);
  } catch (error) {
    if (error instanceof TypeError) return { said: "silence" }; // no connection, or one that was cut
    throw error;
  }
}

/** A person whose acts come from `choose`; what is acknowledged goes into the ledger. */
function person(name: string, ledger: Ledger, choose: (random: () => number, nth: number) => Act): Person {
  let nth = 0;
  let unanswered: Act | null = null;
  return {
    async step(random) {
      const act = unanswered ?? choose(random, ++nth);
      const outcome = await outcomeOf(act.call);
      unanswered = outcome.said === "silence" ? act : null;
      if (outcome.said === "done") ledger.add({ ...act.record, by: name, requestId: outcome.requestId });
    },
  };
}

export type Visitor = Person & { conversationId: string; arrive(): Promise<void> };

/** A visitor who writes and sometimes asks for a person, in a new conversation with each arrival. */
export function newVisitor(world: World, name: string, ledger: Ledger): Visitor {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${world.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  let headers: Record<string, string> = {};
  const visitor: Visitor = {
    conversationId: "",
    async arrive() {
      const opened = await post(`/api/widget/${world.widgetId}/session`, { token: null, locale: "en" });
      const { token, conversationId } = await opened.json();
      headers = { authorization: `Bearer ${token}` };
      visitor.conversationId = String(conversationId);
    },
    ...person(name, ledger, (random, nth) => {
      const [{ conversationId }, own] = [visitor, headers];
      if (random() < 0.3) {
        return {
          record: { conversationId, act: "handoff", text: null },
          call: () => post(`/api/chat/${conversationId}/handoff`, {}, own),
        };
      }
      const text = `${name} says ${nth}`;
      const message = { id: crypto.randomUUID(), role: "user", parts: [{ type: "text", text }] };
      return {
        record: { conversationId, act: "say", text },
        call: () => post("/api/chat", { id: conversationId, messages: [message] }, own),
      };
    }),
  };
  return visitor;
}

interface Desk {
  headers: Record<string, string>;
  /** Whose and which team's conversations become. */
  agentId: string;
  teamId: string;
}

/** An agent who takes the visitors' conversations, answers, notes, hands over, gives back and resolves. */
export function newAgent(
  world: World,
  name: string,
  visitors: readonly Visitor[],
  ledger: Ledger,
  { headers, agentId, teamId }: Desk,
): Person {
  return person(name, ledger, (random, nth) => {
    const id = visitors[Math.floor(random() * visitors.length)]?.conversationId ?? "";
    const does = (
      act: Acknowledged["act"],
      procedure: string,
      input: object,
      text: string | null = null,
    ) => ({
      record: { conversationId: id, act, text },
      call: () =>
        fetch(`${world.url}/trpc/${procedure}`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(input),
        }),
    });
    const dice = random();
    const said = { id, clientId: crypto.randomUUID() };
    const text = `${name} ${dice < 0.35 ? "replies" : "notes"} ${nth}`;
    if (dice < 0.35) return does("reply", "conversations.reply", { ...said, text }, text);
    if (dice < 0.5) return does("note", "conversations.addNote", { ...said, text }, text);
    if (dice < 0.7) {
      const to = random() < 0.6 ? { agentId } : { teamId };
      return does("assign", "routing.assign", { conversationId: id, ...to, reason: `${name} ${nth}` });
    }
    const act = dice < 0.8 ? "takeOver" : dice < 0.9 ? "handBack" : dice < 0.95 ? "resolve" : "reopen";
    return does(act, `conversations.${act}`, { id });
  });
}
