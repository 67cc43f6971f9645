import { z } from "zod";
import { listProcedures } from "../../apps/server/src/app/procedures.ts";
import { httpRoutes } from "../../apps/server/src/app/routes.ts";
import type { Route } from "../../apps/server/src/faces/http/route.ts";
import { inputOf, isRegistered, namedFieldsOf, neededFieldsOf } from "./registry/index.ts";
import { shapeOf, type Values } from "./shape.ts";
import type { Sent } from "./wire.ts";
import type { Credentials } from "./world.ts";

/** A procedure or a route: something that can be called. */
export interface Operation {
  name: string;
  face: "trpc" | "rest";
  /** Whether a call may change something. */
  type: "query" | "mutation" | "subscription";
  auth: string;
  idFields: string[];
  required: string[];
  /** The request of a call with these field values. */
  request(values: Values, caller: Credentials): Sent;
}

/** Those of which the registry knows enough; registry.test.ts fails for all others. */
export function registeredOperations(): Operation[] {
  return listOperations().filter(({ name, idFields }) => isRegistered(name, idFields));
}

/** Everything that can be called, from the router and the route records themselves. */
export function listOperations(): Operation[] {
  return [...listProcedures().map(ofProcedure), ...httpRoutes.map(ofRoute)];
}

function ofProcedure({ name, type, auth, input }: ReturnType<typeof listProcedures>[number]): Operation {
  const { idFields, required, make } = shapeOf(input, namedFieldsOf(name));
  return {
    name,
    face: "trpc",
    type,
    auth,
    idFields,
    required: [...new Set([...required, ...neededFieldsOf(name)])],
    request(values, { session: headers }) {
      const made = withExtras(name, make(values));
      if (type === "mutation") return json("POST", `/trpc/${name}`, headers, made ?? {});
      const search = made === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(made))}`;
      const accept = type === "subscription" ? "text/event-stream" : "application/json";
      return { method: "GET", path: `/trpc/${name}${search}`, headers: { ...headers, accept } };
    },
  };
}

/** Path, query and body as one input: no route has a name in two of them. */
function ofRoute({ method, path, auth, params, query, body }: Route): Operation {
  const name = `${method} ${path}`;
  const parts = z.object({
    ...(params ? { params } : {}),
    ...(query ? { query } : {}),
    ...(body ? { body } : {}),
  });
  const also = namedFieldsOf(name);
  const inside = shapeOf(
    parts,
    ["params", "query", "body"].flatMap((part) => also.map((field) => `${part}.${field}`)),
  );
  const short = (field: string) => field.replace(/^(params|query|body)\./, "");
  const long = new Map(inside.idFields.map((field) => [short(field), field]));
  return {
    name,
    face: "rest",
    type: path.endsWith("/stream") ? "subscription" : method === "GET" ? "query" : "mutation",
    auth,
    idFields: [...long.keys()],
    required: [...new Set([...inside.required.map(short), ...neededFieldsOf(name)])],
    request(values, caller) {
      const headers = auth === "bearer" || auth === "admin" ? caller.bearer : caller.session;
      const made = inputSchema.parse(
        inside.make(new Map([...values].map(([key, value]) => [long.get(key) ?? key, value]))),
      );
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, field: string) =>
        encodeURIComponent(String(made.params[field])),
      );
      const search = new URLSearchParams(
        Object.entries(made.query).map(([key, value]) => [key, String(value)]),
      );
      const address = search.size > 0 ? `${filled}?${search}` : filled;
      if (method === "GET" || method === "DELETE") return { method, path: address, headers };
      return json(method, address, headers, withExtras(name, made.body));
    },
  };
}

const part = z.record(z.string(), z.unknown()).default({});
const inputSchema = z.object({ params: part, query: part, body: part });

function withExtras(name: string, made: unknown): unknown {
  const extras = inputOf(name);
  return typeof made === "object" && made !== null && !Array.isArray(made) ? { ...made, ...extras } : made;
}

function json(method: string, path: string, headers: Record<string, string>, value: unknown): Sent {
  const body = JSON.stringify(value);
  return { method, path, headers: { ...headers, "content-type": "application/json" }, body };
}
