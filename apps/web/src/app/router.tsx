import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { sessionQuery } from "../lib/session.ts";
import { queryClient } from "../lib/trpc.ts";
import { FailedPage, NotFoundPage } from "./fallback-pages.tsx";
import { guestRoutes } from "./guest-routes.ts";
import { root } from "./root-route.tsx";
import { searchOf } from "./search.ts";
import { onSessionEnd } from "./session-end.ts";

/** Everything below here needs a session; without one the reader signs in and comes back to the same place. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: lazyRouteComponent(() => import("./shell.tsx"), "Shell"),
  notFoundComponent: NotFoundPage,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: "/sign-in", search: { next: location.href } });
    if (session.secondFactor === "missing") {
      throw redirect({ to: "/second-factor", search: { next: location.href } });
    }
    if (session.tenant.status !== "active") throw redirect({ to: "/closed" });
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/bots", replace: true });
  },
});

const bots = createRoute({
  getParentRoute: () => signedIn,
  path: "/bots",
  validateSearch: (raw) => ({
    ...searchOf.count(raw, "page"),
    ...searchOf.text(raw, "search"),
    ...searchOf.flag(raw, "new"),
    ...searchOf.id(raw, "template"),
    ...searchOf.text(raw, "status"),
    ...searchOf.text(raw, "sort"),
  }),
  component: lazyRouteComponent(() => import("../features/bots/index.tsx"), "BotsPage"),
});

const templates = createRoute({
  getParentRoute: () => signedIn,
  path: "/templates",
  validateSearch: (raw) => ({
    ...searchOf.text(raw, "search"),
    ...searchOf.text(raw, "category"),
    ...searchOf.id(raw, "preview"),
  }),
  component: lazyRouteComponent(() => import("../features/templates/index.tsx"), "TemplatesPage"),
});

const studio = createRoute({
  getParentRoute: () => signedIn,
  path: "/bots/$botId",
  validateSearch: (raw) => ({ ...searchOf.text(raw, "tab"), ...rangeSearch(raw) }),
  component: lazyRouteComponent(() => import("../features/studio/index.tsx"), "StudioPage"),
});

const analytics = createRoute({
  getParentRoute: () => signedIn,
  path: "/analytics",
  validateSearch: rangeSearch,
  component: lazyRouteComponent(() => import("../features/analytics/index.tsx"), "AnalyticsPage"),
});

const quality = createRoute({
  getParentRoute: () => signedIn,
  path: "/quality",
  validateSearch: (raw) => ({
    ...searchOf.text(raw, "tab"),
    ...searchOf.id(raw, "botId"),
    ...searchOf.count(raw, "page"),
    ...searchOf.id(raw, "problem"),
    ...searchOf.id(raw, "run"),
    ...searchOf.id(raw, "base"),
    ...searchOf.id(raw, "replay"),
    ...searchOf.text(raw, "status"),
    ...searchOf.text(raw, "only"),
    ...searchOf.text(raw, "sort"),
    ...searchOf.text(raw, "search"),
    ...rangeSearch(raw),
  }),
  component: lazyRouteComponent(() => import("../features/quality/index.tsx"), "QualityPage"),
});

/** Which days' figures, and of whose questions. */
function rangeSearch(raw: Record<string, unknown>) {
  return {
    ...searchOf.text(raw, "range"),
    ...searchOf.text(raw, "from"),
    ...searchOf.text(raw, "to"),
    ...searchOf.text(raw, "audience"),
  };
}

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: "/inbox",
  validateSearch: (raw) => ({
    ...searchOf.text(raw, "view"),
    ...searchOf.text(raw, "search"),
    ...searchOf.text(raw, "filter"),
    ...searchOf.text(raw, "saved"),
  }),
  component: lazyRouteComponent(() => import("../features/inbox/index.tsx"), "InboxPage"),
});

/** The thread is shown by InboxPage itself, which reads the id, so that the list keeps its place. */
const conversation = createRoute({ getParentRoute: () => inbox, path: "$conversationId" });

const customers = createRoute({
  getParentRoute: () => signedIn,
  path: "/customers",
  validateSearch: (raw) => ({
    ...searchOf.count(raw, "page"),
    ...searchOf.text(raw, "search"),
    ...searchOf.text(raw, "status"),
    ...searchOf.text(raw, "tier"),
    ...searchOf.text(raw, "tags"),
    ...searchOf.text(raw, "segments"),
  }),
  component: lazyRouteComponent(() => import("../features/customers/customers-page.tsx"), "CustomersPage"),
});

const customer = createRoute({
  getParentRoute: () => signedIn,
  path: "/customers/$customerId",
  component: lazyRouteComponent(() => import("../features/customers/customer-page.tsx"), "CustomerPage"),
});

/** The board; the resolution that is open lies beside it. */
const resolutions = createRoute({
  getParentRoute: () => signedIn,
  path: "/resolutions",
  validateSearch: (raw) => ({ ...searchOf.id(raw, "id"), ...searchOf.text(raw, "search") }),
  component: lazyRouteComponent(() => import("../features/resolutions/index.tsx"), "ResolutionsPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  validateSearch: (raw) => ({
    ...searchOf.text(raw, "tab"),
    ...searchOf.count(raw, "page"),
    ...searchOf.text(raw, "search"),
    ...searchOf.text(raw, "action"),
    ...searchOf.text(raw, "actor"),
    ...searchOf.text(raw, "subject"),
    ...searchOf.text(raw, "from"),
    ...searchOf.text(raw, "to"),
    ...searchOf.text(raw, "severity"),
    ...searchOf.text(raw, "kind"),
    ...searchOf.text(raw, "role"),
  }),
  component: lazyRouteComponent(() => import("../features/settings/index.tsx"), "SettingsPage"),
});

/** The server refuses whoever is no administrator of the installation; the page only says so. */
const admin = createRoute({
  getParentRoute: () => signedIn,
  path: "/admin",
  validateSearch: (raw) => ({
    ...searchOf.text(raw, "tab"),
    ...searchOf.count(raw, "page"),
    ...searchOf.text(raw, "search"),
  }),
  component: lazyRouteComponent(() => import("../features/admin/index.tsx"), "AdminPage"),
});

const document = createRoute({
  getParentRoute: () => signedIn,
  path: "/documents/$documentId",
  /** `start` and `end` are character offsets of the passage to highlight in that version's text. */
  validateSearch: (raw) => ({
    ...searchOf.count(raw, "version"),
    ...searchOf.count(raw, "start"),
    ...searchOf.count(raw, "end"),
  }),
  component: lazyRouteComponent(() => import("../features/documents/index.tsx"), "DocumentPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    ...guestRoutes,
    signedIn.addChildren([
      home,
      bots,
      templates,
      studio,
      analytics,
      quality,
      inbox.addChildren([conversation]),
      customers,
      customer,
      resolutions,
      settings,
      admin,
      document,
    ]),
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: FailedPage,
  scrollRestoration: true,
});

onSessionEnd(() => void router.invalidate());

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
