/* Other engines over the same texts, each by its documented settings for the language. Not part of the product. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Db } from "../../apps/server/src/platform/db/index.ts";
import {
  fold,
  isStopWord,
  type Language,
  stemmed,
  tokenize,
} from "../../apps/server/src/platform/text/index.ts";
import { root, run } from "../../scripts/shell.ts";

/** An engine that holds texts by their number, from 0. */
export interface Peer {
  name: string;
  /** Adds texts, the first as number `from`. */
  add(texts: readonly string[], from: number): Promise<void>;
  /** Once all are added: what the engine needs before it is asked. */
  finish(): Promise<void>;
  /** The ten best numbers, best first. */
  search(query: string): Promise<number[]>;
  close(): Promise<void>;
}

const folder = join(root, "bench/peers");
const installed = (): boolean => existsSync(join(folder, "node_modules/minisearch"));

/** Installs MiniSearch and LanceDB into bench/peers, at its versions, unless they are there. Throws with advice. */
export async function installPeers(): Promise<void> {
  if (installed()) return;
  console.log("Installing the peers into bench/peers …");
  const code = await run("npm", ["install", "--prefix", folder, "--no-package-lock"]);
  if (code !== 0 || !installed()) {
    throw new Error(
      "The peers could not be installed. Run `npm install` in bench/peers, or measure without --peers.",
    );
  }
}

/** Every peer, empty, for texts in `language`. `db` is where Postgres' own text search runs: the bench's database. */
export async function openPeers(language: Language, db: Db): Promise<Peer[]> {
  return [
    await openMiniSearch(language),
    openFts5(language),
    await openLanceDb(language),
    await openTsRank(language, db),
  ];
}

/** What the engines say is not typed here: the interfaces below are the part of them that is used. */
const load = (name: string): Promise<unknown> =>
  import(createRequire(join(folder, "package.json")).resolve(name));

interface MiniSearchModule {
  default: new (options: {
    fields: string[];
    processTerm: (term: string) => string | null;
  }) => {
    addAll(documents: { id: number; text: string }[]): void;
    search(query: string): { id: number }[];
  };
}

/** Stop words go and terms are stemmed, as its documentation shows by `processTerm`; any word may match, as by default. */
export async function openMiniSearch(language: Language): Promise<Peer> {
  const { default: MiniSearch } = (await load("minisearch")) as MiniSearchModule; // its documented export
  const processTerm = (term: string): string | null => {
    const folded = fold(term);
    return isStopWord(folded, language) ? null : stemmed(folded, language);
  };
  const engine = new MiniSearch({ fields: ["text"], processTerm });
  return {
    name: "MiniSearch",
    add: async (texts, from) => engine.addAll(texts.map((text, i) => ({ id: from + i, text }))),
    finish: async () => {},
    search: async (query) =>
      engine
        .search(query)
        .slice(0, 10)
        .map(({ id }) => id),
    close: async () => {},
  };
}

/** Its Porter stemmer is for English alone; any word may match. It knows no stop words: they are left out for it. */
export function openFts5(language: Language): Peer {
  const db = new DatabaseSync(":memory:");
  const tokenizer =
    language === "en" ? "porter unicode61 remove_diacritics 2" : "unicode61 remove_diacritics 2";
  db.exec(`create virtual table texts using fts5 (text, tokenize = '${tokenizer}')`);
  const insert = db.prepare("insert into texts (rowid, text) values (?, ?)");
  const select = db.prepare("select rowid from texts where texts match ? order by rank limit 10");
  return {
    name: "SQLite FTS5",
    add: async (texts, from) => {
      db.exec("begin");
      for (const [i, text] of texts.entries()) insert.run(from + i, text);
      db.exec("commit");
    },
    finish: async () => {},
    search: async (query) => {
      const all = tokenize(query).map(({ term }) => term);
      const meaningful = all.filter((term) => !isStopWord(term, language));
      const words = meaningful.length > 0 ? meaningful : all;
      if (words.length === 0) return [];
      return select
        .all(words.map((word) => `"${word.replaceAll('"', "")}"`).join(" OR "))
        .map(({ rowid }) => Number(rowid));
    },
    close: async () => db.close(),
  };
}

interface LanceTable {
  add(rows: { id: number; text: string }[]): Promise<unknown>;
  createIndex(column: string, options: { config: unknown }): Promise<void>;
  query(): {
    fullTextSearch(
      query: string,
      options: { columns: string[] },
    ): {
      select(columns: string[]): {
        limit(rows: number): { toArray(): Promise<{ id: number | bigint }[]> };
      };
    };
  };
}

interface LanceModule {
  connect(directory: string): Promise<{
    createTable(name: string, rows: { id: number; text: string }[]): Promise<LanceTable>;
    close(): void;
  }>;
  Index: { fts(options: Record<string, unknown>): unknown };
}

const LANCE_LANGUAGES = { en: "English", fr: "French", ar: "Arabic", other: "English" };

export async function openLanceDb(language: Language): Promise<Peer> {
  const { connect, Index } = (await load("@lancedb/lancedb")) as LanceModule; // its documented exports
  const directory = await mkdtemp(join(tmpdir(), "parlance-lance-"));
  const db = await connect(directory);
  let table: LanceTable | undefined;
  const known = language !== "other";
  return {
    name: "LanceDB",
    async add(texts, from) {
      const rows = texts.map((text, i) => ({ id: from + i, text }));
      if (table) await table.add(rows);
      else table = await db.createTable("texts", rows);
    },
    async finish() {
      const config = Index.fts({
        language: LANCE_LANGUAGES[language],
        stem: known,
        removeStopWords: known,
        asciiFolding: true,
        lowercase: true,
        withPosition: false,
      });
      await table?.createIndex("text", { config });
    },
    async search(query) {
      const found = await table
        ?.query()
        .fullTextSearch(query, { columns: ["text"] })
        .select(["id", "_score"])
        .limit(10)
        .toArray();
      return (found ?? []).map(({ id }) => Number(id));
    },
    async close() {
      db.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const POSTGRES_LANGUAGES = { en: "english", fr: "french", ar: "arabic", other: "simple" };

/** With an index, in the bench's own database; any word may match, and a long text is held back (normalisation 1). */
export async function openTsRank(language: Language, db: Db): Promise<Peer> {
  const config = POSTGRES_LANGUAGES[language];
  const name = `peer_${crypto.randomUUID().replaceAll("-", "")}`;
  await db.pool.query(`create table ${name} (id int primary key, words tsvector)`);
  return {
    name: "Postgres ts_rank",
    async add(texts, from) {
      await db.pool.query(
        `insert into ${name} select $1::int + n - 1, to_tsvector('${config}', text)
         from unnest($2::text[]) with ordinality as t (text, n)`,
        [from, texts],
      );
    },
    async finish() {
      await db.pool.query(`create index on ${name} using gin (words)`);
      await db.pool.query(`analyze ${name}`);
    },
    async search(query) {
      const { rows } = await db.pool.query<{ id: number }>(
        `select id from ${name},
           (select replace(plainto_tsquery('${config}', $1)::text, ' & ', ' | ')::tsquery as q) as asked
         where words @@ q order by ts_rank(words, q, 1) desc, id limit 10`,
        [query],
      );
      return rows.map(({ id }) => id);
    },
    async close() {
      await db.pool.query(`drop table ${name}`);
    },
  };
}
