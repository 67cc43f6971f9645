import { BudgetPanel, PricesPanel, UsagePanel } from "../spending/index.ts";

/** What models cost the workspace: the limit, this month, and the prices behind it. */
export function CostsTab() {
  return (
    <>
      <BudgetPanel />
      <UsagePanel />
      <PricesPanel />
    </>
  );
}
