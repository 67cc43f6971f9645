import type { KindFigures } from "../../answers/index.ts";
import type { Figures, Overview } from "../analytics.schema.ts";
import { dollars, share } from "./trend.ts";

type Breakdown = Pick<Figures, "models" | "confidence" | "languages" | "channels">;

/** The answers of a period by model, confidence, language and channel, the most frequent first. */
export function breakDown(kinds: readonly KindFigures[]): Breakdown {
  return {
    models: sumBy(kinds, ({ model }) => model).map(([model, sums]) => ({
      model,
      queries: sums.queries,
      avgResponseTimeMs: share(sums.latencyMs, sums.queries),
      inputTokens: sums.inputTokens,
      outputTokens: sums.outputTokens,
      cost: dollars(sums.cost),
    })),
    confidence: Array.from({ length: 10 }, (_, tenth) =>
      kinds.reduce((sum, kind) => (kind.tenth === tenth ? sum + kind.queries : sum), 0),
    ),
    languages: sumBy(kinds, ({ language }) => language).map(([language, { queries }]) => ({
      language,
      queries,
    })),
    channels: sumBy(kinds, ({ channel }) => channel).map(([channel, { queries }]) => ({ channel, queries })),
  };
}

/** A row for each bot that there is or that was asked. */
export function rowsOfBots(
  kinds: readonly KindFigures[],
  names: ReadonlyMap<string, string>,
): Overview["bots"] {
  const asked = new Map(sumBy(kinds, ({ botId }) => botId));
  const rows = [...new Set([...asked.keys(), ...names.keys()])].map((botId) => {
    const sums = asked.get(botId) ?? nothing;
    const { queries, unanswered, positive, negative } = sums;
    return {
      botId,
      name: names.get(botId) ?? null,
      queries,
      unanswered,
      positive,
      negative,
      positiveFeedbackRate: share(positive, positive + negative),
      avgResponseTimeMs: share(sums.latencyMs, queries),
      cost: dollars(sums.cost),
    };
  });
  return rows.sort((a, b) => b.queries - a.queries || compare(a.name ?? "", b.name ?? ""));
}

type Sums = Omit<KindFigures, "botId" | "tenth" | "language" | "channel" | "model">;

const nothing: Sums = {
  queries: 0,
  unanswered: 0,
  positive: 0,
  negative: 0,
  latencyMs: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
};

/** Sums by a key, the most queries first, then by the key. */
function sumBy<Key extends string | null>(
  kinds: readonly KindFigures[],
  keyOf: (kind: KindFigures) => Key,
): [Key, Sums][] {
  const sums = new Map<Key, Sums>();
  for (const kind of kinds) {
    const key = keyOf(kind);
    const so = sums.get(key) ?? nothing;
    sums.set(key, {
      queries: so.queries + kind.queries,
      unanswered: so.unanswered + kind.unanswered,
      positive: so.positive + kind.positive,
      negative: so.negative + kind.negative,
      latencyMs: so.latencyMs + kind.latencyMs,
      inputTokens: so.inputTokens + kind.inputTokens,
      outputTokens: so.outputTokens + kind.outputTokens,
      cost: so.cost + kind.cost,
    });
  }
  return [...sums].sort(([a, x], [b, y]) => y.queries - x.queries || compare(a ?? "", b ?? ""));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
