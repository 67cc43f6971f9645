/**
 * Where to go after sign-in: a path of this console, never another site. `//host` and `/\host` look
 * like paths but browsers leave the site for them.
 */
export function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : "/bots";
}
