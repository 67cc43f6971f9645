import type { Ids } from "../furnish.ts";
import { type Operation, registeredOperations } from "../operations.ts";
import { type CallerClass, callersOf, kindOf, makers } from "../registry/index.ts";
import { ownValues } from "../targets.ts";
import type { Sent } from "../wire.ts";
import type { Callers, Credentials } from "../world.ts";
import type { Flow } from "./flows/flow.ts";
import { flows } from "./flows/index.ts";

/** One call, or jobs that come by the clock, with what it is about. */
export interface Probe {
  name: string;
  /** What is called; null: a job. */
  operation: Operation | null;
  /** Whether this caller may do it: then it does what it says. */
  allowed: boolean;
  writes: boolean;
  request?(): Sent;
  jobs?: readonly string[];
  flow?: Flow;
}

export interface Subjects {
  callers: Callers;
  /** What the callers' tenant has, most of it with the same ids as the other tenant. */
  own: Ids;
  /** What the other tenant has. */
  foreign: Ids;
  /** More of what both have, of which nothing belongs to what `own` names. */
  others: Ids;
  scheduled: readonly string[];
}

/**
 * Calls whose answers tell that a check is gone: everybody who may not, for a right; the owner, for predicates, with the
 * ids that the twin has as well, with ids that the other tenant alone has, and with ids that do not belong together.
 */
export function probesOf(subjects: Subjects): Probe[] {
  const scheduled = subjects.scheduled.map((queue) => ({
    name: `the job ${queue}`,
    operation: null,
    allowed: true,
    writes: true,
    jobs: [queue],
  }));
  const played = flows.map((flow) => ({
    name: `the flow ${flow.name}`,
    operation: null,
    allowed: true,
    writes: true,
    flow,
  }));
  return [
    ...registeredOperations().flatMap((operation) => probesFor(operation, subjects)),
    ...scheduled,
    ...played,
  ];
}

function probesFor(operation: Operation, { callers, own, foreign, others }: Subjects): Probe[] {
  const probes: Probe[] = [];
  const { name, type, idFields, required } = operation;
  const may = callersOf(name);
  const kind = (field: string) => kindOf(name, field);
  // an id that the client chooses stays the same from run to run
  const fixed = new Map(
    idFields.filter((field) => kind(field) === "chosen").map((field) => [field, crypto.randomUUID()]),
  );
  const named = idFields.filter((field) => !fixed.has(field));

  const add = (
    caller: CallerClass,
    title: string,
    { ids = own, fields = [], as }: { ids?: Ids; fields?: readonly string[]; as?: Credentials } = {},
  ) => {
    const values = new Map(ownValues(operation, ids, fields));
    for (const [field, id] of fixed) if (values.has(field)) values.set(field, id);
    const sent = operation.request(values, as ?? callers[caller]);
    probes.push({
      name: `${name} as ${caller}${title}`,
      operation,
      allowed: may.includes(caller) && !as,
      writes: type === "mutation",
      request: () => sent,
    });
  };

  const firstOf = may[0];
  for (const caller of Object.keys(callers) as CallerClass[]) {
    // the keys of the record's type
    const mayCall = may.includes(caller);
    const isMain = mayCall && (caller === "owner" || (!may.includes("owner") && caller === firstOf));
    // what one may do, one after another would do alike; a key may have a check of its own
    if (mayCall && !isMain && type === "mutation" && caller !== "apiKey" && caller !== "otherKey") continue;
    add(caller, "");
    if (!isMain) continue;
    for (const field of named)
      if (!required.includes(field)) add(caller, ` with ${field}`, { fields: [field] });
    for (const field of named) {
      const absent = new Map(own).set(kind(field), "00000000-0000-4000-8000-000000000000");
      add(caller, ` with an absent ${field}`, { ids: absent, fields: [field] });
    }
    if (named.length > 1) {
      for (const field of named) {
        const mixed = new Map(own).set(kind(field), others.get(kind(field)) ?? "");
        add(caller, ` with ${field} of something else`, { ids: mixed, fields: named });
      }
    }
  }
  if (
    may.includes("owner") &&
    named.some((field) => foreign.get(kind(field)) !== own.get(kind(field))) &&
    !makers.has(name)
  ) {
    const mixed = new Map(own);
    for (const field of named) mixed.set(kind(field), foreign.get(kind(field)) ?? "");
    add("owner", " with another tenant's", { ids: mixed, fields: named });
  }
  if (type === "mutation" && operation.auth !== "bearer" && operation.auth !== "api key") {
    const { session, bearer } = callers.owner;
    const { "x-csrf-token": _, ...withoutToken } = session;
    add("owner", " from another site", {
      as: { session: { ...session, origin: "https://evil.example" }, bearer },
    });
    add("owner", " without the page's token", { as: { session: withoutToken, bearer } });
  }
  return probes;
}
