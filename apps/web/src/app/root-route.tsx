import { createRootRoute, Outlet } from "@tanstack/react-router";
import { sessionQuery } from "../lib/session.ts";
import { queryClient } from "../lib/trpc.ts";
import { NotFoundPage } from "./fallback-pages.tsx";

export const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  // on the pages for guests too: where there is a session, each change must carry its token
  beforeLoad: () => queryClient.prefetchQuery(sessionQuery),
});
