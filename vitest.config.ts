import { defineConfig } from "vitest/config";
import { mutants } from "./tests/isolation/mutants/plugin.ts";

/** Unit tests that speak to a database or to Redis: the ones that another server may turn out otherwise for. */
const withDatabase = ["platform/{ctx,db,events,jobs,rate-limit}", "modules/retrieval"];
/** What is about the embedded database alone. */
const embedded = "apps/server/src/platform/db/embedded/**";

/**
 * The server's own files and the tests' tools are run by Node itself, as in production: nothing is transformed, and what is
 * measured and stack-traced is the code that ships. The mutants are the exception, which exist by a transformation.
 */
const native = { deps: { external: [/\/apps\/server\/src\/(?!.*\.test\.ts)/, /\/tests\/harness\/[^/]+$/] } };

export default defineConfig({
  test: {
    passWithNoTests: false,
    // these say when to give up, not how fast anything is: a busy machine is several times slower
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 25_000 } },
    globalSetup: "tests/harness/left-overs.ts",
    maxWorkers: "100%", // a database's thread works beside each: more of them take as long, and are nearer to time-outs
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          server: native,
          isolate: false,
          include: process.env.TEST_DATABASE_URL
            ? withDatabase.map((folder) => `apps/server/src/${folder}/**/*.test.ts`)
            : ["apps/**/src/**/*.test.{ts,tsx}", "tests/unit/**/*.test.ts"],
          exclude: [
            "**/*.api.test.ts",
            "**/node_modules/**",
            ...(process.env.TEST_DATABASE_URL ? [embedded] : []),
          ],
        },
      },
      {
        extends: true,
        test: {
          name: "api",
          server: native,
          include: ["apps/server/src/**/*.api.test.ts", "tests/api/**/*.test.ts"],
          isolate: false, // each file has a server and a database of its own; loading the code again takes a second
        },
      },
      {
        extends: true,
        test: {
          name: "isolation",
          server: native,
          include: ["tests/isolation/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "chaos",
          server: native,
          include: ["tests/chaos/*.test.ts"],
        },
      },
      {
        extends: true,
        plugins: [mutants()],
        test: {
          name: "mutants",
          include: ["tests/isolation/mutants/*.test.ts"],
        },
      },
    ],
  },
});
