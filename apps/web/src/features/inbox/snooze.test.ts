import { expect, test } from "vitest";
import { snoozeChoices } from "./snooze.ts";

test.each([
  [2026, 10, 21], // a Saturday
  [2026, 10, 22],
  [2026, 10, 23],
  [2026, 10, 24],
])("from %i-%i-%i each choice lies ahead, and next week begins on a Monday", (year, month, day) => {
  const now = new Date(year, month, day, 15, 30);
  const [hour, tomorrow, week] = snoozeChoices.map(({ until }) => until(now));
  expect(hour?.getTime()).toBe(now.getTime() + 3_600_000);
  expect([tomorrow?.getDate(), tomorrow?.getHours()]).toEqual([day + 1, 9]);
  expect([week?.getDay(), week?.getHours()]).toEqual([1, 9]);
  expect(week?.getTime()).toBeGreaterThan(now.getTime());
});
