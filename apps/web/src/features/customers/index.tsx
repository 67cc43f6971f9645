import { lazy } from "react";

/** Loaded when it is first shown: put it into a `Suspense`. */
export const CustomerPanel = lazy(() => import("./customer-panel.tsx"));
