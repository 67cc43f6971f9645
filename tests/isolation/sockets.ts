import { z } from "zod";
import { typing } from "../../apps/server/src/modules/conversations/index.ts";
import { clientEvents } from "../../apps/server/src/modules/live/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { type SocketClient, socketClient } from "../harness/socket.ts";
import { type Arena, classesOf } from "./arena.ts";
import { type CallerClass, kindOf } from "./registry/index.ts";
import { shapeOf } from "./shape.ts";

/** Who may listen: whoever reads conversations. */
const listeners: readonly CallerClass[] = ["owner", "admin", "agent", "apiKey"];

export interface Hall {
  sockets: { caller: CallerClass; client: SocketClient }[];
  /** Everything that was wrong with who was let in. */
  wrong: string[];
  close(): void;
}

/** A socket for each class of callers in Eve's tenant that may listen; all others must be refused. */
export async function openHall({ world, callers }: Arena): Promise<Hall> {
  const sockets: Hall["sockets"] = [];
  const wrong: string[] = [];
  for (const [caller, { bearer }] of classesOf(callers)) {
    const token = bearer.authorization?.replace("Bearer ", "");
    const client = socketClient(world.server, token, { reconnection: false });
    const isIn = await client.connect().then(
      () => true,
      () => false,
    );
    if (isIn) sockets.push({ caller, client });
    if (isIn !== listeners.includes(caller)) wrong.push(`${caller} was ${isIn ? "let in" : "refused"}`);
  }
  return {
    sockets,
    wrong,
    close() {
      for (const { client } of sockets) client.close();
    },
  };
}

/** Asks each event that a client may send for another tenant's things: the answer must be that for what is not there. */
export async function attackEvents({ sockets }: Hall, { tenants }: Arena): Promise<string[]> {
  const wrong: string[] = [];
  for (const { caller, client } of sockets) {
    for (const { name, input } of clientEvents) {
      const { idFields, make } = shapeOf(input);
      for (const field of idFields) {
        const foreign = tenants.foreign.get(kindOf(name, field));
        if (!foreign) throw new Error(`The proof of isolation has no ${field} for ${name}.`);
        const [asked, absent] = [foreign, newId()].map((id) =>
          client.ask(name, make(new Map([[field, id]]))),
        );
        const [said, instead] = [JSON.stringify(await asked), JSON.stringify(await absent)];
        if (said !== instead) wrong.push(`${name} as ${caller}: ${said} instead of ${instead}`);
        if (!said.includes('"error"')) wrong.push(`${name} as ${caller} was answered`);
      }
    }
  }
  return wrong;
}

/** What the sockets of Eve's tenant heard of Ada's: each event in which her word or one of her ids stands. */
export function heardOfOthers({ sockets }: Hall, { word, ada, tenants }: Arena): string[] {
  const hers = [word, ada.tenantId, ...tenants.foreign.values()];
  return sockets.flatMap(({ caller, client }) =>
    client.heard
      .map((one) => JSON.stringify(one).toLowerCase())
      .filter((said) => hers.some((one) => said.includes(one.toLowerCase())))
      .map((said) => `${caller} heard ${said}`),
  );
}

/** Ada's people speak, write, judge and rest; then Eve's do, so that what came before them has been told. */
export async function bothSpeak({ sockets }: Hall, { ada, eve, tenants, word }: Arena): Promise<void> {
  const speak = async ({ trpc }: Arena["ada"], id: string, text: string) => {
    await trpc.conversations.typing.mutate({ id, isTyping: true });
    await trpc.conversations.addNote.mutate({ id, text, clientId: newId() });
    await trpc.conversations.update.mutate({ id, tags: [text.slice(0, 20)] });
    await trpc.routing.setStatus.mutate({ status: "busy" });
  };
  await speak(ada, tenants.foreign.get("conversation") ?? "", `about ${word}`);
  const id = tenants.own.get("conversation") ?? "";
  await speak(eve, id, "our own");
  const isOwn = ({ conversationId }: { conversationId: string }) => conversationId === id;
  const updated = z.object({ conversationId: z.string() });
  await Promise.all(sockets.map(({ client }) => client.until("conversation:updated", updated, isOwn)));
}

/** Tells Eve's sockets of Ada's conversation, as a feed would that took the wrong tenant's. */
export async function plantLeak({ sockets }: Hall, { world, eve, tenants }: Arena): Promise<void> {
  const conversationId = tenants.foreign.get("conversation") ?? "";
  const data = { conversationId, userId: newId(), name: "Ada", isTyping: true, internal: false };
  world.server.services.events.broadcast({ tenantId: eve.tenantId, topic: typing.name, data });
  const isHers = (told: { conversationId: string }) => told.conversationId === conversationId;
  const told = z.object({ conversationId: z.string() });
  await Promise.all(sockets.map(({ client }) => client.until("conversation:typing", told, isHers)));
}
