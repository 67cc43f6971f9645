import { enableCompileCache, flushCompileCache } from "node:module";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { isMainThread } from "node:worker_threads";
import "../harness/quick-imports.ts";

/*
 * Loaded before the server's own program: it reads the server's code, says that it is ready and waits at the gate. So
 * the next life of a server that is killed begins as soon as the last one ended, on what that left behind.
 */
const gate = process.env.CHAOS_GATE;
if (isMainThread && gate) {
  delete process.env.CHAOS_GATE;
  delete process.env.NODE_OPTIONS; // the server's own children wait for nobody
  enableCompileCache(join(dirname(gate), "compiled"));
  await Promise.all([
    import("../../apps/server/src/app/build-app.ts"),
    import("../../apps/server/src/app/build-services.ts"),
    import("../../apps/server/src/app/build-worker.ts"),
    import("../../apps/server/src/app/demo.ts"),
  ]);
  flushCompileCache(); // whoever is killed would not
  const leave = () => process.exit(); // nobody needs it any more
  await new Promise<void>((resolve) => {
    const waiting = connect(gate);
    waiting.once("error", leave);
    waiting.once("close", leave);
    waiting.once("data", () => {
      waiting.off("close", leave).destroy();
      resolve();
    });
  });
}
