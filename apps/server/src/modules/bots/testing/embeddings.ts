import { eventually } from "../../../../../../tests/harness/eventually.ts";
import type { TestUser } from "../../../../../../tests/harness/server.ts";

/** A person at a bot's embedding model. */
export function embeddingsOf(person: () => TestUser) {
  const stateOf = (botId: string) => person().trpc.knowledge.embedding.query({ botId });
  type State = Awaited<ReturnType<typeof stateOf>>;
  /** The state once it is as a test waits for it. */
  const until = (botId: string, isSo: (state: State) => boolean): Promise<State> =>
    eventually(
      async () => {
        const state = await stateOf(botId);
        if (!isSo(state)) throw new Error(JSON.stringify(state));
        return state;
      },
      { timeout: 30_000 },
    );
  return {
    stateOf,
    until,
    choose: (botId: string, model: string) =>
      person().trpc.knowledge.chooseEmbedding.mutate({ botId, model }),
    switched: (botId: string, model: string) =>
      until(botId, ({ active, building }) => active.model === model && building === null),
  };
}

/** So many passages, each about a thing of its own, and too long for two of them to become one. */
export const crates = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    const filler = Array.from({ length: 60 }, (_, i) => `shelf${n}x${i}`).join(" ");
    return `# Crate ${n}\n\nThe crate numbered ${n} weighs ${n + 7} grams. ${filler}.`;
  }).join("\n\n");
