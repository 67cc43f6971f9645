export { type Standing, spanInWords } from "./countdown.ts";
export { SlaCountdown } from "./sla-countdown.tsx";
