/** The arrows of ARCHITECTURE.md. There is no baseline: a breach is mended, not recorded. */
const server = "^apps/server/src";
const door = "(index|[a-z-]+\\.events|[a-z-]+\\.tables)\\.ts$";

export default {
  forbidden: [
    {
      name: "platform-knows-nothing-above",
      comment: "platform -> nothing",
      severity: "error",
      from: { path: `${server}/platform/` },
      to: { path: `${server}/(?!platform/)` },
    },
    {
      name: "ports-know-platform-only",
      severity: "error",
      from: { path: `${server}/ports/` },
      to: { path: `${server}/(?!ports/|platform/)` },
    },
    {
      name: "connectors-know-ports-and-platform",
      severity: "error",
      from: { path: `${server}/connectors/([^/]+)/` },
      to: { path: `${server}/(?!connectors/$1/|ports/|platform/)` },
    },
    {
      name: "modules-know-ports-platform-and-face-kits",
      severity: "error",
      from: { path: `${server}/modules/` },
      to: { path: `${server}/(?!modules/|faces/|ports/|platform/)` },
    },
    {
      name: "modules-use-each-others-doors",
      comment: "another module is reached by its index.ts, its events, or its tables (for foreign keys)",
      severity: "error",
      from: { path: `${server}/modules/([^/]+)/` },
      to: { path: `${server}/modules/(?!$1/)`, pathNot: door },
    },
    {
      name: "faces-hold-no-domain",
      comment: "a face kit says how a dialect speaks and knows no module",
      severity: "error",
      from: { path: `${server}/faces/` },
      to: { path: `${server}/(modules|connectors|app)/` },
    },
    {
      name: "faces-hold-no-sql",
      severity: "error",
      from: { path: `${server}/(faces/|modules/[^/]+/[a-z-]+\\.(trpc|rest-api|rest-v1|socket)\\.ts)` },
      to: { path: "(^|/)drizzle-orm/|\\.(tables|queries)\\.ts$" },
    },
    {
      name: "browser-takes-types-only",
      comment: "the console takes the server's types; the widget takes nothing of it",
      severity: "error",
      from: { path: "^apps/(web|widget)/" },
      to: { path: "^apps/server/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: { pathNot: "\\.tables\\.ts$" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|testing)/|\\.test\\.tsx?$" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js"],
      exportsFields: ["exports"],
      conditionNames: ["import"],
    },
  },
};
