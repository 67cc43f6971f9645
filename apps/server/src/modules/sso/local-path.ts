/** The path if it leads to a page of ours, else the console's first one: nobody is sent elsewhere after signing in. */
export function localPath(path: string | null | undefined): string {
  if (!path || !/^\/(?![/\\])/.test(path) || /[\\\p{Cc}]/u.test(path)) return "/";
  const base = "http://parlance.invalid";
  if (!URL.canParse(path, base)) return "/";
  const url = new URL(path, base);
  if (url.origin !== base || /^\/(api|trpc|v1)(\/|$)/.test(url.pathname)) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
