/**
 * Where to go after sign-in: a path of this console, never another site. `//host` and `/\host` look
 * like paths but browsers leave the site for them, and skip tabs and line breaks on the way.
 */
export function localPath(next: string | undefined): string {
  return next !== undefined && /^\/(?!\/)[^\\\s\p{Cc}]*$/u.test(next) ? next : "/bots";
}
