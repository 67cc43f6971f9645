import type { Ids } from "../furnish.ts";
import { type Operation, registeredOperations } from "../operations.ts";
import { type CallerClass, callersOf, kindOf, makers } from "../registry/index.ts";
import { ownValues } from "../targets.ts";
import type { Sent } from "../wire.ts";
import type { Callers } from "../world.ts";

/** One call, with what it is about. */
export interface Probe {
  name: string;
  operation: Operation;
  caller: CallerClass;
  /** Whether this caller may do it: then it does what it says. */
  allowed: boolean;
  request(): Sent;
}

/**
 * Calls whose answers tell that a check is gone: everybody who may not, for a right; the owner, for predicates, with
 * the ids that the twin has as well; and with ids that the other tenant alone has.
 */
export function probesOf(callers: Callers, own: Ids, foreign: Ids): Probe[] {
  const probes: Probe[] = [];
  for (const operation of registeredOperations()) {
    const may = callersOf(operation.name);
    const fixed = new Map<string, string>();
    // an id that the client chooses stays the same from run to run
    for (const field of operation.idFields)
      if (kindOf(operation.name, field) === "chosen") fixed.set(field, crypto.randomUUID());
    const optional = operation.idFields.filter(
      (field) => !operation.required.includes(field) && !fixed.has(field),
    );
    const add = (caller: CallerClass, title: string, ids: Ids, fields: readonly string[]) => {
      const values = new Map(ownValues(operation, ids, fields));
      for (const [field, id] of fixed) if (values.has(field)) values.set(field, id);
      probes.push({
        name: `${operation.name} as ${caller}${title}`,
        operation,
        caller,
        allowed: may.includes(caller),
        request: () => operation.request(values, callers[caller]),
      });
    };
    for (const caller of Object.keys(callers) as CallerClass[]) {
      // the keys of the record's type
      const isOwner = caller === "owner" || (may.includes(caller) && !may.includes("owner"));
      if (may.includes(caller) && !isOwner && operation.type === "mutation") continue;
      add(caller, "", own, []);
      if (isOwner) for (const field of optional) add(caller, ` with ${field}`, own, [field]);
    }
    const others = operation.idFields.filter((field) => {
      const kind = kindOf(operation.name, field);
      return kind !== "chosen" && foreign.get(kind) !== own.get(kind);
    });
    if (others.length > 0 && !makers.has(operation.name)) {
      const mixed = new Map(own);
      for (const field of others) {
        const kind = kindOf(operation.name, field);
        mixed.set(kind, foreign.get(kind) ?? "");
      }
      add("owner", " with another tenant's", mixed, others);
    }
  }
  return probes;
}
