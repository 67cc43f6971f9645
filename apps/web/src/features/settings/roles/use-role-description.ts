import { useT } from "../../../lib/i18n.ts";
import type { Role } from "../../../lib/models.ts";
import { rolesStrings } from "./strings.ts";

/** Says what a role is for: the product's in the reader's language, one of the workspace's own as its maker wrote it. */
export function useRoleDescription(): (role: Pick<Role, "id" | "description">) => string {
  const t = useT(rolesStrings);
  return ({ id, description }) => {
    switch (id) {
      case "owner":
      case "admin":
      case "contentEditor":
      case "agent":
      case "member":
        return t(`role.${id}`);
      default:
        return description;
    }
  };
}
