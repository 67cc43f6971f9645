import type { FastifyInstance } from "fastify";

/** Has a scope read bodies that are forms, as objects of their fields; of a name that comes twice the last. */
export function readForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 512 * 1024 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}
