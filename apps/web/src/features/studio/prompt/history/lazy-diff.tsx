import { type ComponentProps, lazy, Suspense } from "react";
import { Skeleton } from "../../../../ui/index.ts";

// What compares texts comes with the first comparison.
const PromptDiff = lazy(() => import("./prompt-diff.tsx"));

export function LazyDiff(props: ComponentProps<typeof PromptDiff>) {
  return (
    <Suspense fallback={<Skeleton className="h-24" />}>
      <PromptDiff {...props} />
    </Suspense>
  );
}
