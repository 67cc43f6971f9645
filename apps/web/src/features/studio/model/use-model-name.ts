import { useT } from "../../../lib/i18n.ts";
import { embeddingStrings } from "./embedding-strings.ts";

/** What people call an embedding model: its own name, isolated so that Arabic keeps its letters in order. */
export function useModelName(): (model: string) => string {
  const t = useT(embeddingStrings);
  return (model) =>
    model.startsWith("builtin:") ? t("builtin") : `\u2068${model.slice(model.indexOf(":") + 1)}\u2069`;
}
