export { getBotAnalytics, getOverview } from "./service/read-analytics.ts";
