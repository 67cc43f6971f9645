import { eventually } from "./eventually.ts";
import type { TestServer, TestUser } from "./server.ts";
import { skipWaits } from "./skip-waits.ts";
import type { Answer, WebSite } from "./web-site.ts";

const patience = { timeout: 40_000, interval: 50 };

/** A bot of a new person, and what its web sources make of a site. */
export async function startReader(server: TestServer, site: WebSite) {
  const waits = skipWaits(server);
  const user: TestUser = await server.signUp("Reader");
  const { id: botId } = await user.trpc.bot.create.mutate({ name: "Reader" });
  type Added = Parameters<typeof user.trpc.botSource.add.mutate>[0];

  /** The source once its crawl has ended. */
  const crawled = (sourceId: string) =>
    eventually(async () => {
      await waits.skip();
      const all = await user.trpc.botSource.listByBotId.query({ botId });
      const source = all.find(({ id }) => id === sourceId);
      if (!source) throw new Error("The source is not listed.");
      if (source.status === "QUEUED" || source.status === "CRAWLING") throw new Error(source.status);
      return source;
    }, patience);
  /** The bot's documents once each has been read, whichever way. */
  const documents = () =>
    eventually(async () => {
      await waits.skip();
      const all = await user.trpc.botDocument.listByBotId.query({ botId });
      if (all.some(({ status }) => status === "PENDING" || status === "PROCESSING"))
        throw new Error("not read yet");
      return all;
    }, patience);

  return {
    ...user,
    botId,
    crawled,
    documents,
    put(pages: Record<string, Answer>) {
      for (const [path, answer] of Object.entries(pages)) site.pages.set(path, answer);
    },
    begin: (path = "/", options: Partial<Added> = {}) =>
      user.trpc.botSource.add.mutate({ botId, kind: "site", url: site.url + path, ...options }),
    async add(path = "/", options: Partial<Added> = {}) {
      const { id } = await user.trpc.botSource.add.mutate({
        botId,
        kind: "site",
        url: site.url + path,
        ...options,
      });
      return crawled(id);
    },
    /** Waits for the documents first: what is still being read is not replaced. */
    async refresh(sourceId: string) {
      await documents();
      await user.trpc.botSource.refresh.mutate({ botId, sourceId });
      return crawled(sourceId);
    },
    /** The paths of the documents, sorted. */
    paths: async () => (await documents()).map(({ url }) => url?.slice(site.url.length) ?? "").sort(),
    /** What became of each path: why it is no document, or "kept". */
    async outcomes(sourceId: string): Promise<Record<string, string>> {
      const { items } = await user.trpc.botSource.pages.query({ botId, sourceId, pageSize: 100 });
      return Object.fromEntries(
        items.map((page) => [page.url.slice(site.url.length), page.reason ?? page.state]),
      );
    },
  };
}
