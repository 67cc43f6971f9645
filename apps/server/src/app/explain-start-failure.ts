/** Why the server could not start, in words for whoever started it: what is wrong and what to do. */
export function explainStartFailure(error: unknown): string {
  const code = codeOf(error);
  if (code === "EADDRINUSE")
    return "The port is taken by another program. Stop that, or set PORT to a free one.";
  if (code === "EACCES")
    return "This user may not open that port or folder. Set PORT above 1023, or another DATA_DIR.";
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") {
    return "The database does not answer at DATABASE_URL. Start it, or leave DATABASE_URL out to use the embedded one.";
  }
  if (code === "28P01" || code === "28000") return "The database refused the login of DATABASE_URL.";
  if (code === "42501") {
    return "The database login may not create tables. Give MIGRATION_DATABASE_URL a login that may.";
  }
  return error instanceof Error ? error.message : String(error);
}

/** The code of an error or of one of its causes: libraries wrap what the system said. */
function codeOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string") return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return null;
}
