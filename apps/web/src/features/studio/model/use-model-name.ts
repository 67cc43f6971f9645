import { useT } from "../../../lib/i18n.ts";
import { embeddingStrings } from "./embedding-strings.ts";

/** What people call an embedding model: its own name. */
export function useModelName(): (model: string) => string {
  const t = useT(embeddingStrings);
  return (model) => (model.startsWith("builtin:") ? t("builtin") : model.slice(model.indexOf(":") + 1));
}
