import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { type FoundSite, findSites } from "./sites.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const server = `${root}apps/server/src/`;
const runtime = fileURLToPath(new URL("switch.ts", import.meta.url));

/** Puts a switch at every site of the server's code, so that one check at a time can be taken away while it runs. */
export function mutants(): Plugin {
  return {
    name: "isolation-mutants",
    enforce: "pre",
    transform(code, id) {
      const [file = ""] = id.split("?");
      if (!file.startsWith(server) || !file.endsWith(".ts") || /test|\.tables\.ts$/.test(file)) return null;
      const sites = findSites(file, code);
      if (sites.length === 0) return null;
      return { code: withSwitches(code, sites, relative(root, file)), map: null };
    },
  };
}

export function withSwitches(code: string, sites: FoundSite[], file: string): string {
  const edits = sites.flatMap((site, at) => editsOf(site, `_mutant.isTaken(_first + ${at})`));
  edits.sort((a, b) => a.at - b.at || a.order - b.order);
  let result = "";
  let from = 0;
  for (const { at, text } of edits) {
    result += code.slice(from, at) + text;
    from = at;
  }
  const listed = sites.map(({ kind, start, end }) => ({
    at: `${file}:${lineOf(code, start)}`,
    kind,
    code: code.slice(start, end).replaceAll(/\s+/g, " ").slice(0, 120),
  }));
  const head = `import * as _mutant from ${JSON.stringify(runtime)}; const _first = _mutant.register(${JSON.stringify(listed)}); `;
  return head + result + code.slice(from);
}

interface Edit {
  at: number;
  text: string;
  /** Of edits at one place: closing ones first, an outer site's opening before an inner's. */
  order: number;
}

function editsOf({ form, start, end }: FoundSite, taken: string): Edit[] {
  const [before, after] = around[form](taken);
  return [
    { at: start, text: before, order: 1_000_000_000 - end },
    { at: end, text: after, order: -start },
  ];
}

const around: Record<FoundSite["form"], (taken: string) => [string, string]> = {
  predicate: (taken) => [`(${taken} ? _mutant.always : `, ")"],
  permission: (taken) => [`(${taken} || `, ")"],
  statement: (taken) => [`{ if (!${taken}) `, " }"],
  part: (taken) => [`(${taken} ? "" : `, ")"],
};

const lineOf = (code: string, at: number) => code.slice(0, at).split("\n").length;
