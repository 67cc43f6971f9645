/** The time, as a dependency: tests turn it forward by hand. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

export { systemTicker, type Ticker } from "./ticker.ts";
export { addDays, countDays, type OffsetFrom, type TimeZone, timeZone } from "./time-zone.ts";
