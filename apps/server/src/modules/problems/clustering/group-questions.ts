import { Comparison, type Question } from "./choose-problem.ts";

export interface Grouped extends Question {
  /** The problem that it must stay in; null where it may move. */
  fixedIn: string | null;
}

/** After so many questions other work of the process gets its turn. */
const breath = 10;

/**
 * Groups questions anew: those that are fixed stay where they are, each other joins the likest group or begins one. The
 * first ones lead, so give the most frequent first. Groups that hold a fixed question bear its problem's id, others a
 * name of their own ("new-1"). The same questions in the same order always give the same groups.
 */
export async function groupQuestions(
  questions: readonly Grouped[],
  onProgress: (done: number) => Promise<void>,
): Promise<Map<string, string[]>> {
  const comparison = new Comparison(questions);
  const groups = new Map<string, string[]>();
  for (const { id, fixedIn } of questions) if (fixedIn !== null) push(groups, fixedIn, id);
  const free = questions.filter(({ fixedIn }) => fixedIn === null);
  let done = questions.length - free.length;
  for (const { id } of free) {
    push(groups, comparison.choose(id, groups) ?? `new-${groups.size + 1}`, id);
    if (++done % breath === 0) await onProgress(done);
  }
  return groups;
}

function push(groups: Map<string, string[]>, group: string, id: string): void {
  const members = groups.get(group);
  if (members) members.push(id);
  else groups.set(group, [id]);
}
