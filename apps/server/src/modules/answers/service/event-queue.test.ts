import { expect, test } from "vitest";
import { EventQueue } from "./event-queue.ts";

async function readAll<Event>(queue: EventQueue<Event>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of queue) events.push(event);
  return events;
}

test("what was pushed is read in order, before, while and after the reader waits", async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  const reading = readAll(queue);
  await Promise.resolve();
  queue.push(2);
  queue.push(3);
  queue.end();
  expect(await reading).toEqual([1, 2, 3]);
});

test("an error is thrown after what came before it", async () => {
  const queue = new EventQueue<number>();
  queue.push(1);
  queue.end(new Error("broken"));
  const read: number[] = [];
  const reading = (async () => {
    for await (const event of queue) read.push(event);
  })();
  await expect(reading).rejects.toThrow("broken");
  expect(read).toEqual([1]);
});
