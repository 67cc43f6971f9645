import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Parser } from "htmlparser2";

const unzip = promisify(gunzip);
/** What a packed sitemap may unpack to; the protocol allows as much. */
const maxUnpackedBytes = 50 * 1024 * 1024;
const slice = 64 * 1024;
const maxDepth = 30;

export interface Sitemap {
  pages: string[];
  /** Further sitemaps, of an index. */
  sitemaps: string[];
}

/**
 * The addresses in a sitemap or an index of sitemaps: XML, packed or not, or a list of lines. At most `limit` of
 * each. Entities of the document's own are never expanded. What is none gives nothing.
 */
export async function readSitemap(bytes: Uint8Array, limit: number): Promise<Sitemap> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isPacked
    ? await unzip(bytes, { maxOutputLength: maxUnpackedBytes }).catch(() => new Uint8Array())
    : bytes;
  const text = new TextDecoder().decode(plain);
  if (!text.trimStart().startsWith("<")) {
    const lines = text.split("\n").map((line) => line.trim());
    return { pages: lines.filter((line) => /^https?:\/\//i.test(line)).slice(0, limit), sitemaps: [] };
  }
  return readXml(text, limit);
}

async function readXml(text: string, limit: number): Promise<Sitemap> {
  const found: Sitemap = { pages: [], sitemaps: [] };
  const open: string[] = [];
  let address = "";
  let done = false;
  const parser = new Parser(
    {
      onopentag(name) {
        open.push(name);
        if (open.length > maxDepth) done = true;
        address = "";
      },
      ontext(part) {
        if (open.at(-1) === "loc" && address.length < 5000) address += part;
      },
      onclosetag(name) {
        open.pop();
        if (name !== "loc") return;
        const list = open.at(-1) === "sitemap" ? found.sitemaps : open.at(-1) === "url" ? found.pages : null;
        if (list && list.length < limit) list.push(address.trim());
      },
    },
    { xmlMode: true },
  );
  for (let at = 0; at < text.length && !done; at += slice) {
    parser.write(text.slice(at, at + slice));
    await new Promise(setImmediate); // a large one must not hold up the server
  }
  return found;
}
