import { startWorker } from "../../../apps/server/src/app/build-worker.ts";
import type { Services } from "../../../apps/server/src/faces/principal.ts";
import type { Job } from "../../../apps/server/src/platform/jobs/index.ts";

/** Jobs after which their chain counts as one without an end. */
const most = 50;

interface Waiting {
  queue: string;
  data: object;
}

/**
 * Takes the jobs out of the queue's hands: those that a call asks for are run right after it, in order, in this
 * process. What a job does is part of what the call did then.
 */
export async function takeJobs(services: Services) {
  const handlers = new Map<string, (job: Job<object>) => Promise<void>>();
  const scheduled: string[] = [];
  const waiting: Waiting[] = [];
  await services.jobs.stop();
  services.jobs = {
    ...services.jobs,
    async enqueue(queue, data) {
      waiting.push({ queue: queue.name, data: queue.schema.parse(data) });
    },
    async work(queue, handler) {
      handlers.set(queue.name, (job) => handler({ ...job, data: queue.schema.parse(job.data) }));
    },
    async schedule(queue) {
      scheduled.push(queue.name);
    },
    check: async () => {},
    stop: async () => {},
  };
  const worker = await startWorker(services);

  async function run({ queue, data }: Waiting): Promise<string> {
    const { signal } = new AbortController();
    try {
      await handlers.get(queue)?.({ id: crypto.randomUUID(), data, lastTry: true, signal });
      return queue;
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
      return `${queue}: ${error instanceof Error ? error.message : String(error)} ${cause}`;
    }
  }

  return {
    /** Queues whose jobs come by the clock. */
    scheduled,
    /** Runs these, all waiting jobs, and those that they ask for; what each came to. */
    async run(first: readonly string[] = []): Promise<string[]> {
      waiting.push(...first.map((queue) => ({ queue, data: {} })));
      const ended: string[] = [];
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        ended.push(await run(job));
        if (ended.length > most) waiting.length = 0;
      }
      return ended;
    },
    close: () => worker.close(),
  };
}
