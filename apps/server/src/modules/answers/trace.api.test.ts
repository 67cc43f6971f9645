import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const search = z.object({
  looked: z.number(),
  proposed: z.object({ bm25: z.number(), dense: z.number() }),
  documents: z.array(z.object({ id: z.uuid(), name: z.string(), version: z.number() })),
  candidates: z.array(
    z.object({
      place: z.number(),
      fate: z.enum(["chosen", "duplicate", "below"]),
      duplicateOf: z.number().optional(),
      document: z.number(),
      text: z.string(),
      otherLanguage: z.literal(true).optional(),
      bm25Rank: z.number().optional(),
      fusedRank: z.number(),
    }),
  ),
});

test("every passage that was looked at is in the trace, with its document and why it was chosen or not", async () => {
  const opening = "The shop opens at nine in the morning on Mondays and closes at six in the evening.";
  const bot = await botWith(ada, {
    "Hours.md": opening,
    "Copy of hours.md": opening,
    "Horaires.md":
      "Le magasin (shop) est ouvert le lundi matin à neuf heures, du lundi au samedi sans pause.",
    "Parking.md": "Cars may stand behind the shop from Monday to Friday, and at night for guests.",
    "Garden.md": "Roses stand in the garden of the shop.",
  });
  await ada.trpc.bot.update.mutate({ id: bot.id, ragConfig: { ...bot.ragConfig, topK: 2 } });
  const answer = await askBot(server, memberChat(ada, bot.id), "When does the shop open on Mondays?");
  const { trace } = await ada.trpc.answers.get.query({ id: answer.metadata?.answerId ?? "" });

  const stage = trace.stages.find((each) => each.stage === "retrieve");
  const { candidates, documents, looked, proposed } = search.parse(stage?.data);
  expect(looked).toBe(candidates.length);
  expect(proposed.bm25).toBeGreaterThan(0);
  expect(candidates.map(({ place }) => place)).toEqual(candidates.map((_, index) => index + 1));
  expect(candidates.map(({ fusedRank }) => fusedRank).sort((a, b) => a - b)).toEqual(
    candidates.map((_, index) => index + 1),
  );
  const fateOf = (name: string) =>
    candidates.find(({ document }) => documents[document]?.name === name)?.fate ?? "absent";
  expect(candidates.filter(({ fate }) => fate === "chosen")).toHaveLength(2);
  expect(trace.passages).toHaveLength(2);
  expect(fateOf("Garden.md")).toBe("below");
  expect(candidates.find(({ document }) => documents[document]?.name === "Horaires.md")?.otherLanguage).toBe(
    true,
  );

  const graded = trace.stages.find((each) => each.stage === "grade");
  expect(graded?.data).toMatchObject({
    thresholds: { correct: expect.any(Number), ambiguous: expect.any(Number) },
    share: expect.any(Number),
    lead: expect.any(Number),
  });
});
