import { buildApp } from "./app/build-app.ts";
import { buildServices } from "./app/build-services.ts";
import { startWorker } from "./app/build-worker.ts";
import { ensureDemo } from "./app/demo.ts";
import { explainStartFailure } from "./app/explain-start-failure.ts";
import { type Env, readEnv } from "./platform/env/index.ts";
import { createLog } from "./platform/log/index.ts";

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

try {
  await serve(readEnv());
} catch (error) {
  process.stderr.write(`\nParlance did not start.\n${explainStartFailure(error)}\n\n`);
  process.exit(1);
}

async function serve(env: Env): Promise<void> {
  const log = createLog(env.LOG_LEVEL);
  const running = await buildServices(env, log);
  const worker = env.PROCESS === "web" ? null : await startWorker(running.services);
  const app = env.PROCESS === "worker" ? null : await buildApp(running, env);
  if (app) {
    const demo = env.DEMO ? await ensureDemo(running, env.DATA_DIR) : null;
    await app.listen({ host: env.HOST, port: env.PORT });
    const lines = [
      `Console                 ${env.PUBLIC_URL}/`,
      ...(demo ? [`  sign in with          ${demo.email}  /  ${demo.password}`] : []),
      ...(demo?.widgetId ? [`A page with the widget  ${env.PUBLIC_URL}/demo/${demo.widgetId}`] : []),
      `API documentation       ${env.PUBLIC_URL}/docs`,
    ];
    process.stdout.write(`\n${lines.map((line) => `  ${line}`).join("\n")}\n\n`);
  }

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app?.close();
    await worker?.close();
    await running.close();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
