import { expect, it } from "vitest";
import { createMetrics } from "./index.ts";

it("renders what was observed, with the process's own figures", async () => {
  const metrics = createMetrics();
  metrics.observeHttp({ route: "/api/bots/:id", method: "GET", status: 200, seconds: 0.02 });
  metrics.observeHttp({ route: undefined, method: "GET", status: 404, seconds: 0.001 });
  metrics.observeAnswerStage("retrieve", 0.2);
  metrics.countJob("ingest", "failed");
  metrics.countJob("ingest", "failed");

  const lines = (await metrics.render()).split("\n");
  const value = (series: string) =>
    lines
      .find((line) => line.startsWith(`${series} `))
      ?.split(" ")
      .at(-1);
  const labels = 'route="/api/bots/:id",method="GET",status="200"';
  expect(value(`http_request_duration_seconds_count{${labels}}`)).toBe("1");
  expect(value(`http_request_duration_seconds_bucket{le="0.025",${labels}}`)).toBe("1");
  expect(value(`http_request_duration_seconds_bucket{le="0.01",${labels}}`)).toBe("0");
  expect(value('http_request_duration_seconds_count{route="unmatched",method="GET",status="404"}')).toBe("1");
  expect(value('answer_stage_duration_seconds_sum{stage="retrieve"}')).toBe("0.2");
  expect(value('jobs_total{queue="ingest",outcome="failed"}')).toBe("2");
  expect(value("process_resident_memory_bytes")).toMatch(/^\d+$/);
  expect(metrics.contentType).toMatch(/^text\/plain/);
});

it("keeps two servers in one process apart", async () => {
  const [first, second] = [createMetrics(), createMetrics()];
  first.countJob("mail", "completed");
  expect(await first.render()).toContain('jobs_total{queue="mail",outcome="completed"} 1');
  expect(await second.render()).not.toContain('queue="mail"');
});
