import type { Ids } from "./furnish.ts";
import type { Operation } from "./operations.ts";
import { keptKinds, kindOf, personalKinds, publicNames } from "./registry/index.ts";
import type { Values } from "./shape.ts";

/** What an id of a call names. */
export type Target =
  /** Of another tenant. */
  | "foreign"
  /** Of another tenant, and of another kind than the field's. */
  | "foreign, other kind"
  /** Of the tenant, and of somebody else: of the caller's where they have one, or else not for their eyes. */
  | "colleague's"
  /** Something of the tenant that was there once. */
  | "deleted"
  | "random"
  | "malformed";

export interface Case {
  operation: Operation;
  /** The fields that are attacked; all others hold what the caller's tenant has. */
  fields: readonly string[];
  target: Target;
  values: Values;
}

export interface Tenants {
  own: Ids;
  foreign: Ids;
  deleted: Ids;
}

export const isPersonal = (operation: Operation, fields: readonly string[]) =>
  fields.some((field) => personalKinds.has(kindOf(operation.name, field)));

/** The fields of an operation that can name something of a tenant's: one by one, and where there are several, all. */
export function attackedFields(operation: Operation): string[][] {
  const attacked = operation.idFields.filter((field) => kindOf(operation.name, field) !== "chosen");
  const kinds = new Set(attacked.map((field) => kindOf(operation.name, field)));
  const all = kinds.size > 1 && kinds.size === attacked.length ? [attacked] : [];
  return [...attacked.map((field) => [field]), ...all];
}

/**
 * Every attack on these fields, the absent ones first. `thorough` are all; without it those that differ little are
 * left out, or by `turn` some of them; who is `refused` anyway is asked for what is absent, what is another tenant's,
 * and one of the rest, so that all callers together are asked for all of it.
 */
export function casesOf(
  operation: Operation,
  fields: readonly string[],
  tenants: Tenants,
  { thorough, refused, turn }: { thorough: boolean; refused: boolean; turn: number },
): Case[] {
  const isPublic = fields.every((field) => publicNames.has(kindOf(operation.name, field)));
  const foreign = isPublic ? [] : choicesOfForeign(tenants, thorough);
  const broken = thorough ? malformed : malformed.slice(turn % malformed.length).slice(0, refused ? 1 : 2);
  const isKept = fields.some((field) => keptKinds.has(kindOf(operation.name, field)));
  const rest: Choice[] = [
    { target: "colleague's", pick: (kind) => tenants.own.get(kind) },
    ...(isKept ? [] : [{ target: "deleted" as const, pick: (kind: string) => tenants.deleted.get(kind) }]),
    ...broken.map((make) => ({
      target: "malformed" as const,
      pick: (kind: string) => make(isPublic ? "" : tenants.foreign.get(kind)),
    })),
  ];
  // what is absent twice: its answer must not vary by itself, or nothing could be compared with it
  const choices = refused
    ? [random, ...foreign, ...rest.slice(turn % rest.length).slice(0, 1)]
    : [random, random, ...foreign, ...rest];
  return choices.map(({ target, pick }) => ({
    operation,
    fields,
    target,
    values: valuesOf(operation, fields, tenants.own, pick),
  }));
}

/** The input of a caller who asks for what is there, in all required fields and those named. */
export function ownValues(operation: Operation, own: Ids, fields: readonly string[] = []): Values {
  return valuesOf(operation, fields, own, (kind) => own.get(kind));
}

type Pick = (kind: string) => unknown;
interface Choice {
  target: Target;
  pick: Pick;
}

function valuesOf(operation: Operation, fields: readonly string[], own: Ids, pick: Pick): Values {
  const values = new Map<string, unknown>();
  for (const field of operation.idFields) {
    const kind = kindOf(operation.name, field);
    if (fields.includes(field)) values.set(field, pick(kind) ?? crypto.randomUUID());
    else if (operation.required.includes(field)) values.set(field, own.get(kind) ?? crypto.randomUUID());
  }
  return values;
}

/** Texts that are no id; the last holds a real one of another tenant. */
const malformed: ((real: unknown) => unknown)[] = [
  () => "not-an-id",
  () => "",
  () => null,
  () => "00000000-0000-0000-0000-00000000000g",
  (real) => `${real}' or '1'='1`,
  (real) => ({ $ne: null, eq: real }),
  (real) => [real],
];

const random: Choice = { target: "random", pick: () => crypto.randomUUID() };

function choicesOfForeign({ foreign }: Tenants, thorough: boolean): Choice[] {
  const named: Choice = { target: "foreign", pick: (kind) => foreign.get(kind) };
  if (!thorough) return [named];
  const kinds = [...foreign].filter(([, id]) => id.length === 36).map(([kind]) => kind);
  const other = (kind: string, step: number) =>
    foreign.get(kinds[(kinds.indexOf(kind) + step) % kinds.length] ?? "");
  return [
    named,
    { target: "foreign", pick: (kind) => foreign.get(kind)?.toUpperCase() },
    ...[1, 2, 3, 5, 8].map((step) => ({
      target: "foreign, other kind" as const,
      pick: (kind: string) => other(kind, step),
    })),
  ];
}
