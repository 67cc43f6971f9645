import { useNavigate, useSearch } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { PageHeader, Tabs } from "../../ui/index.ts";
import { PlanTab } from "../usage/plan-tab.tsx";
import { AccountTab } from "./account-tab.tsx";
import { CostsTab } from "./costs-tab.tsx";
import { KeysTab } from "./keys/keys-tab.tsx";
import { ModelsTab } from "./models-tab.tsx";
import { PersonalitiesTab } from "./personalities/personalities-tab.tsx";
import { PortalTab } from "./portal/portal-tab.tsx";
import { settingsStrings } from "./strings.ts";

const tabs = ["models", "personalities", "portal", "costs", "keys", "plan", "account"] as const;
const panels = {
  models: ModelsTab,
  personalities: PersonalitiesTab,
  portal: PortalTab,
  costs: CostsTab,
  keys: KeysTab,
  plan: PlanTab,
  account: AccountTab,
};

export function SettingsPage() {
  const t = useT(settingsStrings);
  const search = useSearch({ from: "/signed-in/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const current = tabs.find((tab) => tab === search.tab) ?? "models";
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="mx-auto flex w-full max-w-3xl grow flex-col p-4 md:p-6">
        <Tabs
          label={t("title")}
          value={current}
          onChange={(tab) => void navigate({ search: { tab }, replace: true })}
          panelClassName="flex flex-col gap-4 pt-5 outline-none"
          tabs={tabs.map((value) => {
            const Panel = panels[value];
            return { value, label: t(`tab.${value}`), panel: <Panel /> };
          })}
        />
      </div>
    </>
  );
}
