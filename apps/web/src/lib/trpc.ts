import type { AppRouter } from "@parlance/server/trpc-router";
import { QueryClient } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

/** One cache for the whole console; components and route loaders share it. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal will be a refusal again; only a lost connection is worth another try.
      retry: (failures, error) => failures < 2 && isOffline(error),
    },
  },
});

const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === "subscription",
      true: httpSubscriptionLink({ url: "/trpc" }),
      false: httpBatchLink({ url: "/trpc", headers: csrfHeaders }),
    }),
  ],
});

/**
 * The server's procedures as options for TanStack Query:
 * `useQuery(trpc.bot.list.queryOptions({ page: 1 }))`, `useMutation(trpc.bot.create.mutationOptions())`,
 * `useSubscription(trpc.conversations.changes.subscriptionOptions({}, { onData }))`.
 */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });

/** What each change must carry beside the cookie, so that no other site's page can make it. */
export function csrfHeaders(): Record<string, string> {
  const token = queryClient.getQueryData(trpc.auth.getSession.queryKey())?.csrfToken;
  return token ? { "x-csrf-token": token } : {};
}

/** The server's code for a refusal, such as NOT_FOUND; null when the server was not reached. */
export function errorCodeOf(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null || !("errorCode" in data)) return null;
  return typeof data.errorCode === "string" ? data.errorCode : null;
}

/** True when no answer came back at all: the network or the server is down. */
export function isOffline(error: unknown): boolean {
  return error instanceof TRPCClientError && (error.data === null || error.data === undefined);
}
