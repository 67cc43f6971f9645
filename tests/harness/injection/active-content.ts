import { Parser } from "htmlparser2";

/** What text and formatting are made of; everything else could act, fetch or cover the page. */
const harmless = new Set(
  "p br hr strong em del b i a ul ol li h1 h2 h3 h4 h5 h6 blockquote pre code sup span div section table thead tbody tr th td input button".split(
    " ",
  ),
);
/** Attributes by which an element fetches something by itself, or runs something. */
const fetching =
  /^(?:on.*|src|srcset|srcdoc|poster|background|data|ping|action|formaction|xlink:href|is|nonce)$/i;
const safeAddress = /^(?:https?:|mailto:|$)/i;

/** Everything in this HTML that runs, fetches, or leads away unsafely; nothing where a reader only reads and clicks. */
export function activeContentIn(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (!harmless.has(name)) found.push(`<${name}>`);
        for (const [attribute, value] of Object.entries(attributes)) {
          if (fetching.test(attribute)) found.push(`${name} ${attribute}=${value}`);
          if (attribute === "style" && !/^text-align:(?:left|right|center)$/.test(value))
            found.push(`${name} ${value}`);
          if (attribute === "href" && !isSafe(value)) found.push(`${name} href=${value}`);
        }
        const leaves = /^https?:/i.test(attributes.href ?? "");
        if (leaves && !/noopener.*noreferrer/.test(attributes.rel ?? "")) found.push(`${name} without rel`);
        if (name === "input" && attributes.type !== "checkbox") found.push("<input>");
      },
      oncomment: (text) => void (text !== " " && text !== "" && found.push(`<!--${text}-->`)),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  return found;
}

/** As browsers read an address: control characters and blanks before the scheme do not count. */
function isSafe(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a browser leaves out.
  return safeAddress.test(address.replace(/[\u0000-\u0020]/g, ""));
}
