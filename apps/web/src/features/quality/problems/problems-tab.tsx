import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { trpc } from "../../../lib/trpc.ts";
import { ProblemList } from "./problem-list.tsx";
import { qualityRoute } from "./problem-search.ts";
import { ProblemView } from "./problem-view.tsx";

/** What the bots could not answer well, and what is done about it. The open problem is in the URL. */
export default function ProblemsTab() {
  const { problem } = qualityRoute.useSearch();
  const queryClient = useQueryClient();
  useSubscription(
    trpc.problems.changes.subscriptionOptions(
      {},
      {
        onData: ({ problemId }) => {
          void queryClient.invalidateQueries(trpc.problems.list.pathFilter());
          void queryClient.invalidateQueries(trpc.problems.get.queryFilter({ id: problemId }));
        },
      },
    ),
  );
  return problem === undefined ? <ProblemList /> : <ProblemView key={problem} id={problem} />;
}
