import { defineStrings, useT } from "./i18n.ts";

const roleStrings = defineStrings("roles", {
  en: {
    owner: "Owner",
    admin: "Administrator",
    contentEditor: "Content editor",
    agent: "Agent",
    member: "Member",
  },
  fr: {
    owner: "Propriétaire",
    admin: "Administrateur",
    contentEditor: "Éditeur de contenu",
    agent: "Agent",
    member: "Membre",
  },
  ar: {
    owner: "مالك",
    admin: "مسؤول",
    contentEditor: "محرر محتوى",
    agent: "موظف دعم",
    member: "عضو",
  },
});

/** Names a role: the product's in the reader's language, a tenant's own as its maker wrote it. */
export function useRoleName(): (role: { role: string; roleName: string }) => string {
  const t = useT(roleStrings);
  return ({ role, roleName }) => {
    switch (role) {
      case "owner":
      case "admin":
      case "contentEditor":
      case "agent":
      case "member":
        return t(role);
      default:
        return roleName;
    }
  };
}
