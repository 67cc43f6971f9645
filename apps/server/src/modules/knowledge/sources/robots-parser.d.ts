/** The package's own types describe a default export within the module; what is there is the function itself. */
declare module "robots-parser" {
  interface Rules {
    isAllowed(url: string, userAgent?: string): boolean | undefined;
    getCrawlDelay(userAgent?: string): number | undefined;
    getSitemaps(): string[];
  }
  export default function robotsParser(url: string, text: string): Rules;
}
