import { clientEvents, serverEvents } from "../modules/live/index.ts";
import { listProcedures } from "./procedures.ts";
import { httpRoutes } from "./routes.ts";

export interface ListedRoute {
  face: "trpc" | "rest" | "sse" | "socket.io";
  name: string;
  kind: string;
  auth: string;
}

/** Every route of every face, read from the routers and records that serve. */
export function listRoutes(): ListedRoute[] {
  const procedures = listProcedures().map(
    ({ name, type, auth }): ListedRoute => ({ face: "trpc", name, kind: type, auth }),
  );
  const routes = httpRoutes.map(({ method, path, auth }): ListedRoute => {
    const face = path.endsWith("/stream") ? "sse" : "rest";
    return { face, name: `${method} ${path}`, kind: "", auth };
  });
  // one name may go both ways
  const names = new Set([...Object.values(serverEvents), ...clientEvents].map(({ name }) => name));
  const events = [...names].map(
    (name): ListedRoute => ({ face: "socket.io", name, kind: "", auth: "bearer" }),
  );
  return [...procedures, ...routes, ...events];
}
