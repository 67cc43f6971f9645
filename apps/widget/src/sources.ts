import type { SourcePart } from "./types.ts";

/** The number by which the answer's text cites this source. */
export function numberOf(source: SourcePart): number {
  return source.providerMetadata?.parlance?.number ?? Number(source.sourceId);
}

export function titleOf(source: SourcePart): string {
  return source.providerMetadata?.parlance?.documentName ?? source.title ?? "";
}
