import { sql } from "drizzle-orm";
import { judgedAnswers } from "../../../../apps/server/src/modules/answers/judged.queries.ts";
import { wordsHash } from "../../../../apps/server/src/modules/problems/clustering/read-wording.ts";
import { questionOfWords } from "../../../../apps/server/src/modules/problems/problems.queries.ts";
import {
  mergeProblems,
  splitProblem,
} from "../../../../apps/server/src/modules/problems/service/manage-problems.ts";
import { placeQuestion } from "../../../../apps/server/src/modules/problems/service/place-question.ts";
import { listProblems } from "../../../../apps/server/src/modules/problems/service/read-problems.ts";
import { runClustering } from "../../../../apps/server/src/modules/problems/service/recluster.ts";
import {
  type Sign,
  setOccurrences,
} from "../../../../apps/server/src/modules/problems/service/record-answer.ts";
import {
  applyGroups,
  readForGrouping,
} from "../../../../apps/server/src/modules/problems/service/regroup.ts";
import { inTx } from "../../../../apps/server/src/platform/ctx/index.ts";
import { type Flow, inside, type Stage } from "./flow.ts";

const about = ["modules/problems/"];
/** A problem that both twins have beside the one of the registry. */
const second = "00000000-0000-4000-8000-0000000000d1";
const clustering = "00000000-0000-4000-8000-0000000000d2";

async function secondProblem({ rows, id }: Stage) {
  const changes = { id: second, question: "Known before?" };
  await rows(sql`insert into problems select (jsonb_populate_record(p, ${JSON.stringify(changes)}::jsonb)).*
    from problems p where id = ${id("problem")}`);
}

const place = (text: string) =>
  inside(async (ctx, { id }) => {
    const at = new Date("2100-01-01");
    const placed = await placeQuestion(ctx, {
      botId: id("bot"),
      text,
      language: null,
      vector: null,
      vectorModel: null,
      at,
    });
    return placed.problemId === second;
  });

/** Judges the answer that the problem is of. */
const judge =
  (kind: Sign["kind"], holds: boolean) =>
  async ({ ctx, rows, id, tenantId }: Stage) => {
    const [found] = await rows(sql`select answer_id from problem_occurrences
      where question_id = ${id("problemQuestion")} and tenant_id = ${tenantId}`);
    await inTx(ctx(), async (ctx) => {
      const [answer] = await judgedAnswers(ctx, [String(found?.["answer_id"])]);
      if (!answer) throw new Error("There is no answer.");
      await setOccurrences(ctx, answer, [{ kind, holds }], null);
    });
  };

export const problems: readonly Flow[] = [
  {
    name: "questions are placed and found",
    about,
    async prepare(stage) {
      const { rows, id } = stage;
      await secondProblem(stage);
      await rows(sql`update problem_questions set words_hash = ${wordsHash("Who sleeps on Pluto?")}
        where id = ${id("problemQuestion")}`);
      // the twin's problem has a question, ours has none
      const changes = { id: crypto.randomUUID(), problem_id: second, words_hash: "another" };
      await rows(sql`insert into problem_questions
        select (jsonb_populate_record(q, ${JSON.stringify(changes)}::jsonb)).*
        from problem_questions q where id = ${id("problemQuestion")} and tenant_id <> ${stage.tenantId}`);
      await rows(sql`update problems set question = 'Elsewhere' where id = ${id("problem")}`);
    },
    steps: [
      inside((ctx, { id }) => questionOfWords(ctx, id("bot"), wordsHash("Who sleeps on Pluto?"))),
      place("Who sleeps on Pluto?"),
      place("Known before?"),
      ({ ctx, id }) =>
        listProblems(ctx(), {
          botId: id("bot"),
          search: "volcanoes",
          sort: "occurrences",
          direction: "desc",
          page: 1,
          pageSize: 10,
        }).then(({ total }) => total),
    ],
  },
  {
    name: "problems are merged",
    about,
    prepare: secondProblem,
    steps: [
      ({ ctx, id }) => mergeProblems(ctx(), { id: id("problem"), intoId: second }).then(() => "merged"),
    ],
  },
  {
    name: "a problem is split",
    about,
    async prepare({ rows, id }) {
      const changes = { id: crypto.randomUUID(), words_hash: "another" };
      await rows(sql`insert into problem_questions
        select (jsonb_populate_record(q, ${JSON.stringify(changes)}::jsonb)).*
        from problem_questions q where id = ${id("problemQuestion")}`);
    },
    steps: [
      ({ ctx, id }) =>
        splitProblem(ctx(), { id: id("problem"), questionIds: [id("problemQuestion")] }).then(() => "split"),
    ],
  },
  {
    name: "questions are grouped",
    about,
    async prepare(stage) {
      const { rows, id } = stage;
      await secondProblem(stage);
      await rows(sql`update problem_questions set is_placed = false where id = ${id("problemQuestion")}`);
      const changes = { id: clustering, status: "waiting" };
      await rows(sql`insert into problem_clusterings
        select distinct on (tenant_id) (jsonb_populate_record(c, ${JSON.stringify(changes)}::jsonb)).*
        from problem_clusterings c where bot_id = ${id("bot")}`);
    },
    steps: [
      ({ ctx }) => runClustering(ctx(), { clusteringId: clustering, lastTry: false }),
      inside(async (ctx, { id }) => {
        const read = (await readForGrouping(ctx, id("bot"))).map((one) => ({ ...one, fixedIn: null }));
        const [first] = read;
        if (!first) throw new Error("There is no question.");
        const fixed = { ...first, id: crypto.randomUUID(), problemId: second, fixedIn: second };
        const groups = new Map([[second, [first.id]]]);
        await applyGroups(ctx, { botId: id("bot"), read: [...read, fixed], groups });
      }),
    ],
  },
  {
    name: "an answer is judged again",
    about,
    async prepare({ rows, id }) {
      const question = id("problemQuestion");
      await rows(
        sql`update problem_occurrences set kind = 'rated_down' where question_id = ${question} and kind = 'unanswered'`,
      );
      await rows(
        sql`update problems set status = 'resolved', resolved_at = '2020-01-01' where id = ${id("problem")}`,
      );
    },
    steps: [judge("rated_down", true), judge("escalated", true), judge("rated_down", false)],
  },
];
