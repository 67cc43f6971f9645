import { z } from "zod";

/** A JSON schema, as far as it is read here. */
interface Shape {
  type?: string | undefined;
  format?: string | undefined;
  pattern?: string | undefined;
  minLength?: number | undefined;
  minItems?: number | undefined;
  minimum?: number | undefined;
  const?: unknown;
  enum?: unknown[] | undefined;
  examples?: unknown[] | undefined;
  properties?: Record<string, Shape> | undefined;
  required?: string[] | undefined;
  items?: Shape | undefined;
  anyOf?: Shape[] | undefined;
  oneOf?: Shape[] | undefined;
  allOf?: Shape[] | undefined;
}

const shapeSchema: z.ZodType<Shape> = z.lazy(() =>
  z.object({
    type: z
      .union([z.string(), z.array(z.string())])
      .transform((type) => (typeof type === "string" ? type : type[0])) // any of them will do
      .optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
    minLength: z.number().optional(),
    minItems: z.number().optional(),
    minimum: z.number().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    examples: z.array(z.unknown()).optional(),
    properties: z.record(z.string(), shapeSchema).optional(),
    required: z.array(z.string()).optional(),
    items: shapeSchema.optional().catch(undefined),
    anyOf: z.array(shapeSchema).optional(),
    oneOf: z.array(shapeSchema).optional(),
    allOf: z.array(shapeSchema).optional(),
  }),
);

/** Field values of an input by their paths: `botId`, `filter.botId`, `botIds[]`, and `(input)` for all of it. */
export type Values = ReadonlyMap<string, unknown>;

export interface InputShape {
  /** Where an id stands. */
  idFields: string[];
  /** Those without which an input is not valid. */
  required: string[];
  /** The plainest valid input that has these values; undefined where the procedure takes none. */
  make(values: Values): unknown;
}

const root = "(input)";

/** Reads an input's schema. `alsoIds` are fields that name something without looking like an id. */
export function shapeOf(schema: z.ZodType | null | undefined, alsoIds: readonly string[] = []): InputShape {
  if (!schema) return { idFields: [], required: [], make: () => undefined };
  const shape = shapeSchema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  const found = new Map<string, boolean>();
  walk(shape, root, true, (path, leaf, isRequired) => {
    if (isId(path, leaf) || alsoIds.includes(path)) found.set(path, isRequired || (found.get(path) ?? false));
  });
  return {
    idFields: [...found.keys()],
    required: [...found].filter(([, isRequired]) => isRequired).map(([path]) => path),
    make: (values) => build(shape, root, values),
  };
}

/** A UUID, or a text whose name says that it is an id. */
function isId(path: string, { format, type }: Shape): boolean {
  if (format === "uuid") return true;
  const name = (path.split(".").at(-1) ?? "").replaceAll("[]", "");
  return type === "string" && /^(id|ids|\w+I[dD]|\w+I[dD]s)$/.test(name) && path !== root;
}

const below = (path: string, name: string) => (path === root ? name : `${path}.${name}`);
const variants = ({ anyOf, oneOf }: Shape) => anyOf ?? oneOf;

function walk(
  shape: Shape,
  path: string,
  isRequired: boolean,
  visit: (path: string, leaf: Shape, isRequired: boolean) => void,
): void {
  for (const part of shape.allOf ?? []) walk(part, path, isRequired, visit);
  const either = variants(shape);
  if (either) {
    for (const one of either) walk(one, path, isRequired && either.length === 1, visit);
    return;
  }
  if (shape.properties) {
    for (const [name, property] of Object.entries(shape.properties)) {
      walk(property, below(path, name), isRequired && (shape.required ?? []).includes(name), visit);
    }
    return;
  }
  if (shape.items) {
    walk(shape.items, `${path}[]`, isRequired && (shape.minItems ?? 0) > 0, visit);
    return;
  }
  visit(path, shape, isRequired);
}

const holds = (values: Values, path: string) =>
  [...values.keys()].some((key) => key === path || key.startsWith(`${path}.`) || key.startsWith(`${path}[]`));

function build(shape: Shape, path: string, values: Values): unknown {
  if (values.has(path)) return values.get(path);
  const either = variants(shape);
  if (either) return build(choose(either, path, values), path, values);
  if (Array.isArray(shape.examples)) return shape.examples[0];
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((part) => build(part, path, values)));
  if (shape.properties) {
    const made = Object.entries(shape.properties).flatMap(([name, property]) => {
      const at = below(path, name);
      const isNeeded = (shape.required ?? []).includes(name) || holds(values, at);
      return isNeeded ? [[name, build(property, at, values)]] : [];
    });
    return Object.fromEntries(made);
  }
  if (shape.items) {
    const isNeeded = (shape.minItems ?? 0) > 0 || holds(values, `${path}[]`);
    return isNeeded ? [build(shape.items, `${path}[]`, values)] : [];
  }
  return example(shape);
}

/** The variant that has a place for a given value, or else the first that is not null. */
function choose(either: Shape[], path: string, values: Values): Shape {
  const places = (shape: Shape) => {
    const paths: string[] = [];
    walk(shape, path, true, (found) => paths.push(found));
    return paths.filter((found) => values.has(found)).length;
  };
  const [best] = [...either].sort((a, b) => places(b) - places(a));
  if (best && places(best) > 0) return best;
  return either.find(({ type }) => type !== "null") ?? { type: "null" };
}

const ofFormat: Record<string, () => unknown> = {
  uuid: () => crypto.randomUUID(),
  email: () => "somebody@example.test",
  uri: () => "https://example.test/",
  "date-time": () => "2026-01-01T00:00:00.000Z",
  date: () => "2026-01-01",
};

function example({ type, format, const: only, enum: among, minLength = 1, minimum = 1 }: Shape): unknown {
  if (only !== undefined) return only;
  if (among) return among[0];
  const made = format ? ofFormat[format] : undefined;
  if (made) return made();
  if (type === "integer" || type === "number") return Math.max(1, minimum);
  if (type === "boolean") return true;
  if (type === "array") return [];
  if (type === "object") return {};
  if (type === "null") return null;
  return "text".padEnd(minLength, "t");
}
