import { z } from "zod";
import { newId } from "../../../../apps/server/src/platform/ids/index.ts";
import type { Deeds, World } from "../deed.ts";

const madeSchema = z.object({ data: z.object({ id: z.uuid() }) });

async function made({ server, bearer }: World, path: string, body: object): Promise<string> {
  const response = await fetch(`${server.url}/v1${path}`, {
    method: "POST",
    headers: { ...bearer.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return madeSchema.parse(await response.json()).data.id;
}

const customer = (world: World) => made(world, "/customers", { profile: { name: "Grace" } });

/** A conversation of a customer's, new unless said, whose words wait for a person. */
async function conversation(world: World, customerId?: string): Promise<string> {
  return made(world, "/conversations", {
    customerId: customerId ?? (await customer(world)),
    channel: "web_chat",
    initialMessage: { content: `Help, ${newId()}` },
  });
}

const note = async ({ owner }: World, id: string) =>
  (await owner.trpc.conversations.addNote.mutate({ id, text: newId(), clientId: newId() })).id;

async function two(world: World) {
  const customerId = await customer(world);
  return { id: await conversation(world, customerId), intoId: await conversation(world, customerId) };
}

async function divided(world: World) {
  const id = await conversation(world);
  return { id, fromMessageId: await note(world, id) };
}

const view = ({ owner }: World) => owner.trpc.views.save.mutate({ name: newId(), filter: {} });
const shortcut = () => `s${newId()}`.slice(0, 37);
const reply = ({ owner }: World) =>
  owner.trpc.cannedReplies.create.mutate({ shortcut: shortcut(), text: "Thanks", language: "en" });

const ofV1 = async (world: World, input: object, id?: string) => ({
  params: { id: id ?? (await conversation(world)) },
  input,
  as: world.bearer,
});

async function resolved(world: World): Promise<string> {
  const id = await conversation(world);
  await world.owner.trpc.conversations.resolve.mutate({ id });
  return id;
}

async function taken(world: World): Promise<string> {
  const id = await conversation(world);
  await world.owner.trpc.conversations.takeOver.mutate({ id });
  return id;
}

/** What is done to conversations beside talking. */
export const helpdeskDeeds: Deeds = {
  "conversations.update": async (world) => ({ input: { id: await conversation(world), tags: ["vip"] } }),
  "conversations.deleteMessage": async (world) => ({
    input: { messageId: await note(world, await conversation(world)) },
  }),
  "conversations.merge": async (world) => ({ input: await two(world) }),
  "conversations.split": async (world) => ({ input: await divided(world) }),
  "views.save": () => ({ input: { name: newId(), filter: { tags: ["vip"] } } }),
  "views.delete": async (world) => ({ input: { id: (await view(world)).id } }),
  "cannedReplies.create": () => ({ input: { shortcut: shortcut(), text: "Hello", language: "en" } }),
  "cannedReplies.update": async (world) => ({ input: { id: (await reply(world)).id, text: "Many thanks" } }),
  "cannedReplies.delete": async (world) => ({ input: { id: (await reply(world)).id } }),
  "sessions.end": async (world) => ({ input: { id: await conversation(world) } }),
  "POST /v1/conversations": async (world) => ({
    input: { customerId: await customer(world), channel: "sms" },
    as: world.bearer,
  }),
  "PATCH /v1/conversations/{id}": (world) => ofV1(world, { severity: "P1" }),
  "POST /v1/conversations/{id}/assign": (world) => ofV1(world, { agentId: world.owner.userId }),
  "POST /v1/conversations/{id}/transfer": async (world) =>
    ofV1(world, { agentId: world.owner.userId }, await taken(world)),
  "POST /v1/conversations/{id}/escalate": async (world) =>
    ofV1(world, { reason: "Help" }, await taken(world)),
  "POST /v1/conversations/{id}/resolve": (world) => ofV1(world, {}),
  "POST /v1/conversations/{id}/reopen": async (world) => ofV1(world, {}, await resolved(world)),
  "POST /v1/conversations/{id}/merge": async (world) => {
    const { id, intoId } = await two(world);
    return ofV1(world, { intoConversationId: intoId }, id);
  },
  "POST /v1/conversations/{id}/split": async (world) => {
    const { id, fromMessageId } = await divided(world);
    return ofV1(world, { fromMessageId }, id);
  },
  "DELETE /v1/messages/{id}": async (world) => ({
    params: { id: await note(world, await conversation(world)) },
    as: world.bearer,
  }),
};
