import { useNavigate, useSearch } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { useT } from "../../lib/i18n.ts";
import { useSession } from "../../lib/session.ts";
import { EmptyState, PageHeader, Tabs } from "../../ui/index.ts";
import { BotsTab } from "./bots-tab.tsx";
import { DeletionsTab } from "./deletions-tab.tsx";
import { PlansTab } from "./plans-tab.tsx";
import { adminStrings } from "./strings.ts";
import { TenantsTab } from "./tenants-tab.tsx";
import { UsersTab } from "./users-tab.tsx";

const tabs = ["users", "bots", "tenants", "deletions", "plans"] as const;
const panels = {
  users: UsersTab,
  bots: BotsTab,
  tenants: TenantsTab,
  deletions: DeletionsTab,
  plans: PlansTab,
};

/** The installation as a whole, for those who run it. Tab, search and page are in the URL. */
export function AdminPage() {
  const t = useT(adminStrings);
  const { user } = useSession();
  const { tab } = useSearch({ from: "/signed-in/admin" });
  const navigate = useNavigate({ from: "/admin" });
  const current = tabs.find((known) => known === tab) ?? "users";
  return (
    <>
      <PageHeader title={t("title")} />
      {user.role === "ADMIN" ? (
        <div className="mx-auto flex w-full max-w-5xl grow flex-col p-4 md:p-6">
          <Tabs
            label={t("title")}
            value={current}
            onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
            panelClassName="flex flex-col gap-4 pt-5 outline-none"
            tabs={tabs.map((value) => {
              const Panel = panels[value];
              return { value, label: t(`tab.${value}`), panel: <Panel /> };
            })}
          />
        </div>
      ) : (
        <EmptyState icon={<ShieldCheck aria-hidden />} title={t("only.title")} className="pt-24">
          {t("only.text")}
        </EmptyState>
      )}
    </>
  );
}
