import http from "node:http";
import { z } from "zod";
import type { Caller, Product } from "../server/product.ts";
import { connected } from "./floor.ts";
import type { Line } from "./load.ts";

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });

/** A request by keep-alive; cheaper than fetch, which would compete with the server for the cores. */
function post(url: string, body: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: "POST",
        agent,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          ...headers,
        },
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => {
          if (response.statusCode === 200 || response.statusCode === 201) resolve(text);
          else reject(new Error(`${response.statusCode} ${text}`));
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

export interface Visitor {
  conversationId: string;
  token: string;
}

/** Visitors of the demo's widget, each with a conversation that the agent has taken over. */
export async function openVisitors(product: Product, me: Caller, count: number): Promise<Visitor[]> {
  const opened = z.object({ token: z.string(), conversationId: z.uuid() });
  const visitors: Visitor[] = [];
  for (let i = 0; i < count; i++) {
    const said = await post(`${product.url}/api/widget/${product.links.widgetId}/session`, "{}", {});
    const { token, conversationId } = opened.parse(JSON.parse(said));
    await me.mutate("conversations.takeOver", { id: conversationId });
    visitors.push({ token, conversationId });
  }
  return visitors;
}

/** An access token of the demo's member: what an agent's Socket.IO client shows. */
export async function accessToken(product: Product): Promise<string> {
  const { email, password } = product.links;
  const said = await post(`${product.url}/v1/auth/login`, JSON.stringify({ email, password }), {});
  return z.object({ data: z.object({ accessToken: z.string() }) }).parse(JSON.parse(said)).data.accessToken;
}

const toldMessage = z.object({ message: z.object({ content: z.string() }) });

/** Visitors write as the widget does; an agent hears of it by the stock Socket.IO client. */
export async function toTheAgent(
  product: Product,
  visitors: readonly Visitor[],
): Promise<Line & { close(): void }> {
  const socket = await connected(product.url, { token: await accessToken(product) });
  return {
    async send(nth, text) {
      const { token, conversationId } = visitors[nth % visitors.length] ?? { token: "", conversationId: "" };
      const message = { id: crypto.randomUUID(), role: "user", parts: [{ type: "text", text }] };
      await post(`${product.url}/api/chat`, JSON.stringify({ id: conversationId, messages: [message] }), {
        authorization: `Bearer ${token}`,
      });
    },
    onSeen: (seen) =>
      void socket
        .off("conversation:message")
        .on("conversation:message", (data: unknown) => seen(toldMessage.parse(data).message.content)),
    close: () => void socket.disconnect(),
  };
}

/** An agent writes by `/v1`; each visitor hears of it by the server-sent events that their widget follows. */
export async function toTheVisitors(
  product: Product,
  visitors: readonly Visitor[],
): Promise<Line & { close(): void }> {
  const authorization = `Bearer ${await accessToken(product)}`;
  let seen: (text: string) => void = () => {};
  const streams = await Promise.all(
    visitors.map(({ conversationId, token }) =>
      follow(`${product.url}/api/chat/${conversationId}/stream`, token, (text) => seen(text)),
    ),
  );
  return {
    send(nth, text) {
      const { conversationId } = visitors[nth % visitors.length] ?? { conversationId: "" };
      const url = `${product.url}/v1/conversations/${conversationId}/messages`;
      return post(url, JSON.stringify({ content: text }), { authorization });
    },
    onSeen(listener) {
      seen = listener;
    },
    close() {
      for (const stream of streams) stream.destroy();
    },
  };
}

const followed = z.object({
  message: z.object({ parts: z.array(z.looseObject({ text: z.string().optional() })) }),
});

/** Reads a conversation's events from now on, once its answer has begun; gives the words of each message. */
function follow(url: string, token: string, onMessage: (text: string) => void): Promise<http.ClientRequest> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} of ${url}`));
      let rest = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const blocks = `${rest}${chunk}`.split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          if (!block.includes("event: message")) continue;
          const data = /^data: (.*)$/m.exec(block)?.[1] ?? "null";
          for (const { text } of followed.parse(JSON.parse(data)).message.parts) if (text) onMessage(text);
        }
      });
      response.on("error", () => {}); // it was closed
      resolve(request);
    });
    request.on("error", reject);
  });
}
