import { type Arena, classesOf } from "./arena.ts";
import { inShort, isAlike, isRefused, type Outcome, outcomeOf } from "./judge.ts";
import type { Operation } from "./operations.ts";
import { type CallerClass, callersOf, makers } from "./registry/index.ts";
import { attackedFields, type Case, casesOf, isPersonal, ownValues } from "./targets.ts";
import type { Credentials } from "./world.ts";

/** Callers whom nobody knows, or not any more. */
const unknown: readonly CallerClass[] = ["suspended", "forged", "anonymous"];

const isForbidden = ({ code }: Outcome) => code === "FORBIDDEN" || code === "UNAUTHORIZED";

/**
 * Asks an operation for everything that is not the caller's, and says what was wrong with the answers. Of another
 * tenant's things the answer must be that for what is not there; who may not call at all must be refused whatever they
 * ask for; and no answer may hold the other tenant's word.
 */
export async function attack(
  arena: Arena,
  operation: Operation,
  caller: CallerClass,
  credentials: Credentials,
): Promise<string[]> {
  const { tenants, wire, word, ada } = arena;
  const wrong: string[] = [];
  const at = `${operation.name} as ${caller}`;
  const mayCall = callersOf(operation.name).includes(caller);
  // who looks after the installation sees all tenants there, and nowhere else
  const seesAll = caller === "platformAdmin" && mayCall && !callersOf(operation.name).includes("owner");

  async function call(values: Case["values"]): Promise<Outcome> {
    const sent = operation.request(values, credentials);
    const answered = await wire.send(sent);
    if (makers.has(operation.name)) await arena.unmake(operation.name);
    const outcome = outcomeOf(answered);
    if (outcome.status >= 500) wrong.push(`${at}: ${inShort(outcome)}`);
    const text = `${answered.head}\n${answered.body}`.toLowerCase();
    const isEcho = `${sent.path}${sent.body}`.includes(ada.tenantId);
    if (!seesAll && (text.includes(word) || (!isEcho && text.includes(ada.tenantId))))
      wrong.push(`${at}: the answer holds another tenant's canary`);
    return outcome;
  }

  const own = ownValues(operation, tenants.own);
  const isUnknown = unknown.includes(caller) && operation.auth !== "public";
  if (!mayCall) {
    const outcome = await call(own);
    if (!isRefused(outcome)) wrong.push(`${at}: ${inShort(outcome)} instead of a refusal`);
    else if (isUnknown && outcome.status !== 401 && outcome.code !== "UNAUTHORIZED")
      wrong.push(`${at}: ${inShort(outcome)} instead of UNAUTHORIZED`);
  } else if (operation.type === "query" && operation.auth !== "public") {
    const outcome = await call(own);
    // the owner finds everything that was made: else nothing would be asked for here
    const isMissing = caller === "owner" ? isRefused(outcome) : isForbidden(outcome);
    if (isMissing) wrong.push(`${at}: ${inShort(outcome)} instead of what is there`);
  }
  if (seesAll) return wrong;

  const turn = classesOf(arena.callers).findIndex(([name]) => name === caller);
  const attacked = attackedFields(operation);
  // who may not call at all is asked for one of them each, so that all of them together are asked for all
  const mine = mayCall ? attacked : attacked.filter((_, at) => at === turn % attacked.length);
  for (const fields of mine) {
    let absent: Outcome | null = null;
    for (const one of casesOf(operation, fields, tenants, {
      thorough: caller === "owner",
      refused: !mayCall,
      turn,
    })) {
      const isColleagues = one.target === "colleague's";
      // what a colleague made is for them as well, but for what is a person's own
      if (isColleagues && mayCall && (caller === "owner" || !isPersonal(operation, fields))) continue;
      const outcome = await call(one.values);
      const complain = (instead: string) =>
        wrong.push(`${at}, ${fields.join(" and ")} ${one.target}: ${inShort(outcome)} instead of ${instead}`);
      if (!mayCall && !isRefused(outcome)) complain("a refusal");
      const mustBeAlike = mayCall
        ? one.target !== "malformed" || !isRefused(outcome)
        : one.target.startsWith("foreign");
      if (mustBeAlike && absent && !isAlike(outcome, absent)) complain(inShort(absent));
      if (one.target === "random") absent = outcome;
    }
  }
  return wrong;
}
