import { and, eq, ne } from "drizzle-orm";
import { restClient } from "../../../../../../tests/harness/rest.ts";
import { botWith, colleague } from "../../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestUser } from "../../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../../tests/harness/shop.ts";
import { type SocketClient, socketClient } from "../../../../../../tests/harness/socket.ts";
import { manualTicker } from "../../../../../../tests/harness/ticker.ts";
import { members } from "../../identity/identity.tables.ts";

type Options = Parameters<typeof socketClient>[2];

/** A server with two workspaces, whose people connect by Socket.IO. `advance` turns the clock of its looks on. */
export async function startLiveWorld() {
  const { ticker, advance } = manualTicker();
  const server = await startTestServer();
  const rest = restClient(() => server);
  const ada = await server.signUp("Ada");
  const bob = await colleague(server, ada, "agent");
  const member = await colleague(server, ada, "member");
  const eve = await server.signUp("Eve");
  const botId = (await botWith(ada, shopTexts)).id;
  const tokens = new Map<TestUser, string>();
  const clients: SocketClient[] = [];

  /** Gets an access token for the tenant of the user, and for no other that they belong to. */
  async function signIn(user: TestUser): Promise<void> {
    const isElsewhere = and(eq(members.userId, user.userId), ne(members.organizationId, user.tenantId));
    await server.services.db.system().delete(members).where(isElsewhere);
    tokens.set(user, (await rest.login(user)).accessToken);
  }
  function open(token: unknown, options: Options): SocketClient {
    const client = socketClient(server, token, options);
    clients.push(client);
    return client;
  }

  for (const user of [ada, bob, member, eve]) await signIn(user);
  server.services.ticker = ticker;
  return {
    ...{ server, ada, bob, member, eve, botId, advance, signIn },
    tokenOf: (user: TestUser) => tokens.get(user),
    async connected(user: TestUser, options: Options = {}) {
      const client = open(tokens.get(user), options);
      await client.connect();
      return client;
    },
    /** `connected`, or the code of the refusal. */
    entry: (token: unknown, options: Options = {}) =>
      open(token, options)
        .connect()
        .then(
          () => "connected",
          (error: Error) => error.message,
        ),
    keyWith: async (...permissions: ("chat" | "conversations:read")[]) =>
      (await ada.trpc.apiKeys.create.mutate({ name: "Live", permissions })).secret,
    /** Whoever is connected leaves. */
    leave() {
      for (const client of clients.splice(0)) client.close();
    },
  };
}
