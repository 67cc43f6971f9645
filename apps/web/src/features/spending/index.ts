export { BudgetNotice } from "./budget-notice.tsx";
export { BudgetPanel } from "./budget-panel.tsx";
export { PricesPanel } from "./prices-panel.tsx";
export { UsagePanel } from "./usage-panel.tsx";
