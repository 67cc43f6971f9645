import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

export type HttpObservation = {
  /** The route's pattern ("/api/bots/:id"), never the URL, or each visitor would make a new series. */
  route: string | undefined;
  method: string;
  status: number;
  seconds: number;
};

export type Metrics = {
  /** One answered request. A request that matched no route counts under "unmatched". */
  observeHttp(observation: HttpObservation): void;
  /** Time that one stage of the answer pipeline took, in seconds. */
  observeAnswerStage(stage: string, seconds: number): void;
  /** One finished run of a background job. */
  countJob(queue: string, outcome: "completed" | "failed"): void;
  /** Everything measured so far, in the Prometheus text format. */
  render(): Promise<string>;
  /** The media type of what `render` gives. */
  contentType: string;
};

/** Measurements of one server, in a registry of their own: many can live in one process (as in tests). */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const http = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from a request's arrival to the end of its answer.",
    labelNames: ["route", "method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const stages = new Histogram({
    name: "answer_stage_duration_seconds",
    help: "Time of each stage of answering a question.",
    labelNames: ["stage"],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const jobs = new Counter({
    name: "jobs_total",
    help: "Finished runs of background jobs.",
    labelNames: ["queue", "outcome"],
    registers,
  });

  return {
    observeHttp: ({ route = "unmatched", method, status, seconds }) =>
      http.observe({ route, method, status }, seconds),
    observeAnswerStage: (stage, seconds) => stages.observe({ stage }, seconds),
    countJob: (queue, outcome) => jobs.inc({ queue, outcome }),
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
