import { describe, expect, test, vi } from "vitest";
import { readEvents, type ServerEvent } from "./stream.ts";

function body(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function read(text: string, size = text.length): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(body(new TextEncoder().encode(text), size), 1000)) events.push(event);
  return events;
}

describe("readEvents", () => {
  test("reads names, ids and data, and skips comments", async () => {
    const text =
      ': heartbeat\n\nid: 7\nevent: message\ndata: {"a":1}\n\nevent: typing\ndata:x\n\ndata: [DONE]\n\n';
    expect(await read(text)).toEqual([
      { event: "message", id: "7", data: '{"a":1}' },
      { event: "typing", id: undefined, data: "x" },
      { event: "message", id: undefined, data: "[DONE]" },
    ]);
  });

  test("gives the same events however the bytes are cut", async () => {
    const text = "data: مرحبًا — é\r\n\r\nid: 2\r\ndata: one\r\ndata: two\r\n\r\n";
    const whole = await read(text);
    expect(whole.map((event) => event.data)).toEqual(["مرحبًا — é", "one\ntwo"]);
    for (let size = 1; size < 12; size++) expect(await read(text, size)).toEqual(whole);
  });

  test("drops an event that the end cuts off", async () => {
    expect(await read("data: whole\n\ndata: ha")).toHaveLength(1);
  });

  test("ends a stream that stays silent", async () => {
    vi.useFakeTimers();
    const cancel = vi.fn();
    const silent = new ReadableStream<Uint8Array>({ cancel });
    const next = readEvents(silent, 75_000).next();
    await vi.advanceTimersByTimeAsync(74_999);
    expect(cancel).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(await next).toEqual({ done: true, value: undefined });
    vi.useRealTimers();
  });
});
