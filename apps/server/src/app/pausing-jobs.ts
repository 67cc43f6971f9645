import { contextFor, type Services } from "../faces/principal.ts";
import { untilStopped } from "../faces/tenant-stopped.ts";
import { accountMailQueue, failedSignInQueue } from "../modules/identity/index.ts";
import { mailQueue } from "../modules/mail/index.ts";
import { alertQueue } from "../modules/security/index.ts";
import { takeTurn } from "../modules/tenants/index.ts";
import type { Job, Jobs } from "../platform/jobs/index.ts";

/** What goes on while a tenant is stopped: its people are told why, and their accounts are their own. */
const always: ReadonlySet<string> = new Set(
  [mailQueue, accountMailQueue, alertQueue, failedSignInQueue].map(({ name }) => name),
);

/**
 * The job queue for a worker: a job of a tenant that is suspended or about to be deleted waits until the tenant works
 * again, and one that is running is told to end. A job belongs to the tenant that its data names by `tenantId`.
 */
export function pausingJobs(services: Services): Jobs {
  const contextOf = (tenantId: string) =>
    contextFor(services, { kind: "system", name: "worker" }, tenantId, null);

  async function inTurn<Data extends object>(
    queue: string,
    job: Job<Data>,
    handler: (job: Job<Data>) => Promise<void>,
  ): Promise<void> {
    const tenantId = always.has(queue) ? null : tenantIdOf(job.data);
    if (tenantId === null) return handler(job);
    const ctx = contextOf(tenantId);
    const data = { ...job.data };
    const stopped = untilStopped(services.events, tenantId);
    const signal = AbortSignal.any([job.signal, stopped.signal]);
    try {
      if ((await takeTurn(ctx, queue, data)) !== "run") return;
      await handler({ ...job, signal });
    } catch (error) {
      // what the stop broke off has not failed: it begins again afterwards
      if (stopped.signal.aborted && (await takeTurn(ctx, queue, data)) !== "run") return;
      throw error;
    } finally {
      stopped.release();
    }
  }

  return {
    ...services.jobs,
    work: (queue, handler, options) =>
      services.jobs.work(queue, (job) => inTurn(queue.name, job, handler), options),
  };
}

function tenantIdOf(data: object): string | null {
  return "tenantId" in data && typeof data.tenantId === "string" ? data.tenantId : null;
}
