export { RoutingTab } from "./routing-tab.tsx";
export { StatusSwitch } from "./status-switch.tsx";
