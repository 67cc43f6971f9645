import { useT } from "../../../lib/i18n.ts";
import type { AuditEntry } from "../../../lib/models.ts";
import { auditStrings } from "./strings.ts";

/** Who acted, by name as far as it is known. */
export function useActorName(): (actor: AuditEntry["actor"]) => string {
  const t = useT(auditStrings);
  return ({ kind, name, id }) => {
    if (kind === "system") return t("system", { name: name ?? id });
    if (kind === "visitor") return t("visitor");
    return name ?? t(kind === "apiKey" ? "formerKey" : "former");
  };
}
