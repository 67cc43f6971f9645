import { sql } from "drizzle-orm";
import { channelFigures } from "../../../../apps/server/src/modules/answers/channel-figures.queries.ts";
import { answersBySlot } from "../../../../apps/server/src/modules/answers/figures.queries.ts";
import { sourcesOfAnswer } from "../../../../apps/server/src/modules/answers/service/answer-sources.ts";
import { tryAnswer } from "../../../../apps/server/src/modules/answers/service/try-answer.ts";
import * as botQueries from "../../../../apps/server/src/modules/bots/bots.queries.ts";
import { knowledgeBaseIn } from "../../../../apps/server/src/modules/bots/service/knowledge-scope.ts";
import {
  deactivateAll,
  isNameTaken,
} from "../../../../apps/server/src/modules/bots/service/manage-prompts.ts";
import { changePrompt } from "../../../../apps/server/src/modules/bots/service/prompt-versions.ts";
import { countActiveRuns } from "../../../../apps/server/src/modules/evaluations/evaluations.queries.ts";
import { makeCases } from "../../../../apps/server/src/modules/evaluations/service/make-cases.ts";
import { createCase } from "../../../../apps/server/src/modules/evaluations/service/manage-cases.ts";
import { getResult } from "../../../../apps/server/src/modules/evaluations/service/read-runs.ts";
import { getReplay } from "../../../../apps/server/src/modules/evaluations/service/replay.ts";
import { startRun } from "../../../../apps/server/src/modules/evaluations/service/start-run.ts";
import { allRights } from "../../../../apps/server/src/modules/identity/policies/index.ts";
import { findModel, listModels } from "../../../../apps/server/src/modules/openai-api/service/find-model.ts";
import {
  claimThread,
  releaseThread,
} from "../../../../apps/server/src/modules/openai-api/service/threads.ts";
import { digestOf } from "../../../../apps/server/src/modules/openai-api/transcript.ts";
import { updatePortalSettings } from "../../../../apps/server/src/modules/qa/service/portal-bot.ts";
import { qualityBySlot } from "../../../../apps/server/src/modules/quality/figures.queries.ts";
import { allowedOrigins } from "../../../../apps/server/src/modules/widgets/allowed-origin.ts";
import {
  getWidget,
  startVisitorSession,
} from "../../../../apps/server/src/modules/widgets/widgets.service.ts";
import { inTx } from "../../../../apps/server/src/platform/ctx/index.ts";
import { type Flow, inside, otherProgram, type Stage, somebody } from "./flow.ts";

const always = { from: new Date("2020-01-01"), to: new Date("2100-01-01") };
const nothing = "00000000-0000-4000-8000-00000000000d";
const { signal } = new AbortController();

/** A program's key for all bots; the twins know it alike. */
const program = {
  kind: "apiKey" as const,
  keyId: "00000000-0000-4000-8000-00000000000a",
  name: "All",
  rights: new Set(allRights),
  botId: null,
};
const transcript = { user: null, earlier: [], question: "When do you open?" };

const make = (from: "feedback" | "reviews" | "conversations") => (stage: Stage) =>
  makeCases(stage.ctx(), { botId: stage.id("bot"), from, limit: 10 });

export const programs: readonly Flow[] = [
  {
    name: "figures are read",
    about: ["modules/answers/", "modules/quality/"],
    steps: [
      inside(async (ctx) => (await channelFigures(ctx, { channel: "portal", ...always })).answers),
      inside(
        async (ctx) => (await answersBySlot(ctx, { botId: null, audience: "visitors", ...always })).length,
      ),
      inside(async (ctx) => (await qualityBySlot(ctx, { botId: null, audience: "all", ...always })).length),
      inside(async (ctx, { id }) => sourcesOfAnswer(ctx, id("answer"))),
      async ({ ctx, id }) => {
        const question = "When does the shop open?";
        return (await tryAnswer(ctx(somebody()), { botId: id("bot"), question, signal })).mode;
      },
    ],
  },
  {
    name: "prompts are changed",
    about: ["modules/bots/"],
    async prepare({ rows, id }) {
      await rows(sql`update bot_prompts set name = 'Same', is_active = true where id = ${id("prompt")}`);
    },
    steps: [
      inside(async (ctx, { id }) => {
        const bot = await botQueries.findBot(ctx, id("bot"));
        return (await botQueries.describeBots(ctx, [bot])).length;
      }),
      inside((ctx, { id }) => botQueries.activePrompt(ctx, id("bot"))),
      inside((ctx, { id }) => isNameTaken(ctx, id("bot"), "Same")),
      inside(async (ctx, { id }) =>
        changePrompt(ctx, await botQueries.lockPrompt(ctx, id("prompt")), {
          name: "New",
          content: "Be new.",
        }),
      ),
      inside((ctx, { id }) => deactivateAll(ctx, id("bot"))),
      ({ ctx }) => knowledgeBaseIn(ctx(), { knowledgeBaseId: nothing }),
    ],
  },
  {
    name: "cases are made of what was said",
    about: ["modules/evaluations/"],
    async prepare({ rows, id }) {
      await rows(sql`update answers set rating = 'down' where id = ${id("answer")}`);
      await rows(sql`update answer_reviews set verdict = 'wrong' where answer_id = ${id("answer")}`);
      const conversation = id("visitorConversation");
      await rows(sql`update conversations set status = 'resolved' where id = ${conversation}`);
      await rows(
        sql`update messages set author = 'agent' where conversation_id = ${conversation} and author <> 'customer'`,
      );
      await rows(sql`update evaluation_runs set status = 'queued' where id = ${id("evaluationRun")}`);
    },
    steps: [
      make("feedback"),
      make("reviews"),
      make("conversations"),
      inside((ctx) => countActiveRuns(ctx)),
      ({ ctx, id }) => getReplay(ctx(), { runId: id("evaluationRun") }).then(({ run }) => run.kind),
    ],
  },
  {
    name: "a program with a key for another bot evaluates",
    about: ["modules/evaluations/"],
    steps: [
      ({ ctx, id }) =>
        createCase(ctx(otherProgram), {
          botId: id("bot"),
          question: "Who?",
          history: [],
          expects: "answer",
          goldAnswers: [],
          mustContain: [],
          goldDocumentId: null,
          goldQuote: null,
        }).then(({ question }) => question),
      ({ ctx, id }) => startRun(ctx(otherProgram), { botId: id("bot") }).then(() => "started"),
      ({ ctx, id }) =>
        getResult(ctx(otherProgram), { runId: id("evaluationRun"), itemId: id("evaluationCase") }).then(
          () => "read",
        ),
    ],
  },
  {
    name: "a program asks twice",
    about: ["modules/openai-api/"],
    async prepare({ rows, id }) {
      const digest = digestOf(transcript.user, [{ role: "user", text: transcript.question }]);
      const key = sql`case id when ${id("conversation")} then ${program.keyId} else ${nothing} end::uuid`;
      const later = sql`now() + case id when ${id("conversation")} then '1 minute' else '2 minutes' end::interval`;
      await rows(
        sql`update conversations set status = 'ai_handling' where id = ${id("visitorConversation")}`,
      );
      await rows(sql`insert into api_threads (tenant_id, conversation_id, api_key_id, bot_id, digest, updated_at)
        select tenant_id, id, ${key}, bot_id, ${digest}, ${later} from conversations
        where id in (${id("conversation")}, ${id("visitorConversation")})`);
    },
    steps: [
      ({ ctx }) => inTx(ctx(somebody()), async (ctx) => (await findModel(ctx, "none")).id),
      ({ ctx }) => listModels(ctx(somebody())).then(({ length }) => length),
      ({ ctx, id }) => claimThread(ctx(), { model: id("bot"), transcript }).then(() => "claimed"),
      async ({ ctx, id }) => {
        const claim = await claimThread(ctx(program), { model: id("bot"), transcript });
        await releaseThread(ctx(program), { claim, transcript, said: "Nine.", heard: true });
        return [claim.isNew, claim.conversationId === id("conversation")];
      },
    ],
  },
  {
    name: "the portal and the widgets of a tenant",
    about: ["modules/qa/", "modules/widgets/"],
    async prepare({ rows, id }) {
      await rows(
        sql`insert into portal_settings (tenant_id, bot_id) select tenant_id, id from bots where id = ${id("bot")} on conflict do nothing`,
      );
    },
    steps: [
      ({ ctx }) => updatePortalSettings(ctx(), { botId: null }),
      ({ db, tenantId }) => allowedOrigins(db, tenantId),
      ({ ctx, id }) => getWidget(ctx(), { botId: id("bot") }).then(() => "read"),
      ({ services, id }) =>
        startVisitorSession(services, {
          widgetId: id("widget"),
          token: null,
          locale: null,
          origin: null,
          ipAddress: "127.0.0.1",
        }).then(() => "started"),
    ],
  },
];
