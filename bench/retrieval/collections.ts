import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** Texts, questions, and which texts answer which question how well. */
export interface Collection {
  name: string;
  documents: { title: string; text: string }[];
  queries: { text: string; gains: Map<number, number> }[];
}

const data = process.env.PARLANCE_SHARED_DATA ?? resolve(import.meta.dirname, "../../../shared/data");

function read(path: string): string {
  const bytes = readFileSync(`${data}/${path}`);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

const Document = z.object({ _id: z.string(), title: z.string(), text: z.string() });
const Query = z.object({ _id: z.string(), text: z.string() });

/** A folder in BEIR's form. */
function readBeir(name: string): Collection {
  const corpus = lines(read(`retrieval/${name}/corpus.jsonl.gz`)).map((line) =>
    Document.parse(JSON.parse(line)),
  );
  const numbers = new Map(corpus.map(({ _id }, i) => [_id, i]));
  const gains = new Map<string, Map<number, number>>();
  for (const line of lines(read(`retrieval/${name}/qrels.tsv`)).slice(1)) {
    const [query = "", document = "", gain = "0"] = line.split("\t");
    const number = numbers.get(document);
    if (number === undefined) continue;
    gains.set(query, (gains.get(query) ?? new Map<number, number>()).set(number, Number(gain)));
  }
  const queries = lines(read(`retrieval/${name}/queries.jsonl`)).flatMap((line) => {
    const { _id, text } = Query.parse(JSON.parse(line));
    const judged = gains.get(_id);
    return judged ? [{ text, gains: judged }] : [];
  });
  return { name, documents: corpus, queries };
}

const Squad = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(
        z.object({ context: z.string(), qas: z.array(z.object({ question: z.string() })) }),
      ),
    }),
  ),
});

/** A file in SQuAD's form: each paragraph is a document, each question has one right answer. */
function readSquad(name: string): Collection {
  const documents: Collection["documents"] = [];
  const queries: Collection["queries"] = [];
  for (const article of Squad.parse(JSON.parse(read(`qa/${name}.json.gz`))).data) {
    for (const { context, qas } of article.paragraphs) {
      const number = documents.push({ title: article.title.replaceAll("_", " "), text: context }) - 1;
      for (const { question } of qas) queries.push({ text: question, gains: new Map([[number, 1]]) });
    }
  }
  return { name, documents, queries };
}

/** With the best of ten engines that have no trained model, measured elsewhere on the same files (nDCG@10). */
export const COLLECTIONS: readonly { name: string; kind: "beir" | "squad"; best: number }[] = [
  { name: "cranfield", kind: "beir", best: 0.527 },
  { name: "cacm", kind: "beir", best: 0.504 },
  { name: "dstc10_faq", kind: "beir", best: 0.075 },
  { name: "xquad.en", kind: "squad", best: 0.965 },
  { name: "xquad.ar", kind: "squad", best: 0.932 },
  { name: "piaf.fr", kind: "squad", best: 0.775 },
  { name: "arcd.ar", kind: "squad", best: 0.845 },
];

/** Undefined, with the reason printed, where the public test data is absent. */
export function readCollection(name: string, kind: "beir" | "squad"): Collection | undefined {
  if (!existsSync(data)) {
    console.log(`skipped ${name}: no test data (set PARLANCE_SHARED_DATA)`);
    return undefined;
  }
  return kind === "beir" ? readBeir(name) : readSquad(name);
}

/** Normalised discounted cumulative gain of the first ten. */
export function ndcg10(ranking: readonly number[], gains: ReadonlyMap<number, number>): number {
  const discounted = (values: number[]): number =>
    values.slice(0, 10).reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);
  const ideal = discounted([...gains.values()].sort((a, b) => b - a));
  return ideal === 0 ? 0 : discounted(ranking.map((number) => gains.get(number) ?? 0)) / ideal;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
