import { expect, test } from "vitest";
import { maxFileBytes } from "./accept-file.ts";
import { isUnderWay, type Send, UploadQueue } from "./upload-queue.ts";

const file = (name: string, size = 3) => new File([new Uint8Array(size)], name);

/** A queue whose sending is in the test's hands. */
function setUp(atOnce = 2) {
  const sending = new Map<
    string,
    { finish: () => void; fail: (error: unknown) => void; signal: AbortSignal }
  >();
  const reports = new Map<string, Parameters<Send>[1]>();
  const started: string[] = [];
  const queue = new UploadQueue({
    atOnce,
    send: ({ name }, report, signal) =>
      new Promise((resolve, reject) => {
        started.push(name);
        reports.set(name, report);
        sending.set(name, { finish: resolve, fail: reject, signal });
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  });
  const states = () =>
    Object.fromEntries(queue.read().map((upload) => [upload.file.name, upload.state.kind]));
  const idOf = (name: string) => queue.read().find((upload) => upload.file.name === name)?.id ?? "";
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const of = (name: string) => {
    const found = sending.get(name);
    if (found === undefined) throw new Error(`${name} is not being sent`);
    return found;
  };
  return { queue, of, reports, started, states, idOf, settled };
}

test("sends two at a time, in order, and lets sent ones go", async () => {
  const { queue, of, started, states, settled } = setUp();
  queue.add([file("a.txt"), file("b.txt"), file("c.txt")]);
  expect(states()).toEqual({ "a.txt": "sending", "b.txt": "sending", "c.txt": "waiting" });
  of("a.txt").finish();
  await settled();
  expect(states()).toEqual({ "b.txt": "sending", "c.txt": "sending" });
  expect(started).toEqual(["a.txt", "b.txt", "c.txt"]);
  of("b.txt").finish();
  of("c.txt").finish();
  await settled();
  expect(queue.read()).toEqual([]);
});

test("refuses wrong files at once and goes on with the others", () => {
  const { queue, states, started } = setUp();
  const large = file("large.pdf");
  Object.defineProperty(large, "size", { value: maxFileBytes + 1 });
  queue.add([file("photo.png"), large, file("ok.md"), file("empty.txt", 0)]);
  expect(queue.read().map(({ state }) => (state.kind === "refused" ? state.refusal : state.kind))).toEqual([
    "type",
    "size",
    "sending",
    "empty",
  ]);
  expect(started).toEqual(["ok.md"]);
  expect(states()["ok.md"]).toBe("sending");
});

test("keeps a failed file until it is tried again, and holds up no other", async () => {
  const { queue, of, started, states, idOf, settled } = setUp(1);
  queue.add([file("a.txt"), file("b.txt")]);
  of("a.txt").fail(new Error("connection lost"));
  await settled();
  expect(states()).toEqual({ "a.txt": "failed", "b.txt": "sending" });
  queue.retry(idOf("a.txt"));
  expect(states()["a.txt"]).toBe("waiting");
  of("b.txt").finish();
  await settled();
  expect(started).toEqual(["a.txt", "b.txt", "a.txt"]);
  of("a.txt").finish();
  await settled();
  expect(queue.read()).toEqual([]);
});

test("stops a file that is removed and gives its place away", async () => {
  const { queue, of, states, idOf, settled } = setUp(1);
  queue.add([file("a.txt"), file("b.txt")]);
  queue.remove(idOf("a.txt"));
  expect(of("a.txt").signal.aborted).toBe(true);
  await settled();
  expect(states()).toEqual({ "b.txt": "sending" });
});

test("tells how far a file is, which document it is, and that something changed", () => {
  const { queue, reports } = setUp();
  let changes = 0;
  const unsubscribe = queue.subscribe(() => changes++);
  queue.add([file("a.txt")]);
  const before = queue.read();
  expect(queue.read()).toBe(before);
  reports.get("a.txt")?.documentId("d1");
  reports.get("a.txt")?.share(0.5);
  expect(queue.read()[0]).toMatchObject({ documentId: "d1", state: { kind: "sending", share: 0.5 } });
  expect(queue.read().every(isUnderWay)).toBe(true);
  expect(changes).toBeGreaterThan(2);
  const counted = changes;
  unsubscribe();
  reports.get("a.txt")?.share(0.6);
  expect(changes).toBe(counted);
});
