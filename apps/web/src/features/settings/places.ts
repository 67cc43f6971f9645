import { type ComponentType, lazy } from "react";
import type { Session } from "../../lib/models.ts";
import { may } from "../../lib/session.ts";

interface Place {
  /** The heading under which it stands; its places follow each other. */
  group: "bots" | "people" | "access" | "workspace" | "you";
  name: string;
  /** Loaded when it is opened. */
  panel: ComponentType;
  /** Shown to those who have it; without one to everybody. */
  right?: Session["rights"][number];
}

/** Every place of the settings, in order. A new one takes its line here and its words (`tab.…`) in `strings.ts`. */
const places = [
  {
    group: "bots",
    name: "models",
    panel: lazy(() => import("./models-tab.tsx").then((file) => ({ default: file.ModelsTab }))),
  },
  {
    group: "bots",
    name: "personalities",
    panel: lazy(() =>
      import("./personalities/personalities-tab.tsx").then((file) => ({ default: file.PersonalitiesTab })),
    ),
  },
  {
    group: "bots",
    name: "labels",
    panel: lazy(() => import("./labels/labels-tab.tsx").then((file) => ({ default: file.LabelsTab }))),
    right: "read conversations",
  },
  {
    group: "bots",
    name: "portal",
    panel: lazy(() => import("./portal/portal-tab.tsx").then((file) => ({ default: file.PortalTab }))),
  },
  {
    group: "bots",
    name: "costs",
    panel: lazy(() => import("./costs-tab.tsx").then((file) => ({ default: file.CostsTab }))),
  },
  {
    group: "people",
    name: "members",
    panel: lazy(() => import("./members/members-tab.tsx").then((file) => ({ default: file.MembersTab }))),
    right: "read members",
  },
  {
    group: "people",
    name: "teams",
    panel: lazy(() => import("./teams/teams-tab.tsx").then((file) => ({ default: file.TeamsTab }))),
    right: "read members",
  },
  {
    group: "people",
    name: "roles",
    panel: lazy(() => import("./roles/roles-tab.tsx").then((file) => ({ default: file.RolesTab }))),
    right: "read members",
  },
  {
    group: "people",
    name: "routing",
    panel: lazy(() => import("../routing/routing-tab.tsx").then((file) => ({ default: file.RoutingTab }))),
    right: "read conversations",
  },
  {
    group: "people",
    name: "canned",
    panel: lazy(() => import("./canned/canned-tab.tsx").then((file) => ({ default: file.CannedTab }))),
    right: "answer conversations",
  },
  {
    group: "people",
    name: "slas",
    panel: lazy(() => import("./slas/slas-tab.tsx").then((file) => ({ default: file.SlasTab }))),
    right: "manage service levels",
  },
  {
    group: "people",
    name: "surveys",
    panel: lazy(() => import("./surveys/surveys-tab.tsx").then((file) => ({ default: file.SurveysTab }))),
    right: "read surveys",
  },
  {
    group: "people",
    name: "automation",
    panel: lazy(() =>
      import("./automation/automation-tab.tsx").then((file) => ({ default: file.AutomationTab })),
    ),
    right: "manage rules",
  },
  {
    group: "access",
    name: "keys",
    panel: lazy(() => import("./keys/keys-tab.tsx").then((file) => ({ default: file.KeysTab }))),
  },
  {
    group: "access",
    name: "sign-in",
    panel: lazy(() => import("./sign-in/sign-in-tab.tsx").then((file) => ({ default: file.SignInTab }))),
    right: "manage sign-in",
  },
  {
    group: "access",
    name: "security",
    panel: lazy(() => import("./security/security-tab.tsx").then((file) => ({ default: file.SecurityTab }))),
    right: "read security events",
  },
  {
    group: "access",
    name: "audit",
    panel: lazy(() => import("./audit/audit-tab.tsx").then((file) => ({ default: file.AuditTab }))),
    right: "read audit log",
  },
  {
    group: "workspace",
    name: "workspace",
    panel: lazy(() =>
      import("./workspace/workspace-tab.tsx").then((file) => ({ default: file.WorkspaceTab })),
    ),
  },
  {
    group: "workspace",
    name: "channels",
    panel: lazy(() => import("./channels/channels-tab.tsx").then((file) => ({ default: file.ChannelsTab }))),
    right: "send messages",
  },
  {
    group: "workspace",
    name: "plan",
    panel: lazy(() => import("../usage/plan-tab.tsx").then((file) => ({ default: file.PlanTab }))),
  },
  {
    group: "you",
    name: "account",
    panel: lazy(() => import("./account-tab.tsx").then((file) => ({ default: file.AccountTab }))),
  },
] as const satisfies readonly Place[];

export type SettingsPlace = (typeof places)[number];

/** The places that someone may open. */
export function placesFor(session: Pick<Session, "rights">): SettingsPlace[] {
  return places.filter((place: Place) => place.right === undefined || may(session, place.right));
}
