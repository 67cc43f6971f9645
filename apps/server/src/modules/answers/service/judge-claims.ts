import type { Ctx } from "../../../ports/index.ts";
import type { AnsweringModel } from "../../models/index.ts";
import { generate } from "../pipeline/generate.ts";
import {
  judgeInstructions,
  judgeLimit,
  judgeQuestion,
  mostJudged,
  readVerdicts,
} from "../pipeline/judge-prompt.ts";
import { type Claim, isDoubtful, type Passage, turnedBy } from "../verification/index.ts";
import type { ModelTab } from "./model-tab.ts";

/** Milliseconds that an answer's end waits for its judge at most. */
const longestWait = 15_000;

/**
 * Lets a model judge the claims of which the built-in check is in doubt: one call, and only where there are such
 * claims. Whatever fails (no money, no answer, no verdict) leaves the built-in verdicts; so does what the judge
 * may not turn.
 */
export async function judgeClaims(
  ctx: Ctx,
  input: {
    model: AnsweringModel;
    tab: ModelTab;
    claims: readonly Claim[];
    passages: readonly Passage[];
    language: string;
    signal: AbortSignal;
  },
): Promise<Claim[]> {
  const { model, tab, claims, passages, language } = input;
  const doubtful = claims.filter(isDoubtful).slice(0, mostJudged);
  if (model.isBuiltin || doubtful.length === 0 || input.signal.aborted) return [...claims];
  const question = judgeQuestion(doubtful, passages);
  const messages = [{ role: "user" as const, content: question }];
  const prompt = { instructions: judgeInstructions, messages, outputLimit: judgeLimit };
  let said = "";
  try {
    if (await tab.open(ctx, model, prompt)) return [...claims];
    const words = generate({
      model,
      ...prompt,
      question,
      language,
      passages: [],
      signal: AbortSignal.any([input.signal, AbortSignal.timeout(longestWait)]),
      silenceLimit: ctx.ports.models.silenceLimit,
    });
    let step = await words.next();
    for (; !step.done; step = await words.next()) said += step.value;
    tab.count(model, said, step.value);
  } catch (error) {
    if (said !== "") tab.count(model, said);
    ctx.log.warn({ error, model: model.name }, "a judge failed; the built-in verdicts stand");
    return [...claims];
  }
  const verdicts = readVerdicts(said, doubtful.length);
  return claims.map((claim) => {
    const verdict = verdicts.get(doubtful.indexOf(claim));
    return verdict === undefined ? claim : turnedBy(claim, verdict, model.name);
  });
}
