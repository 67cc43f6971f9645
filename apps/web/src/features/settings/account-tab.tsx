import { type ReactNode, useState } from "react";
import { useSignOut } from "../../app/account-menu.tsx";
import { setLanguage, useLanguage, useT } from "../../lib/i18n.ts";
import {
  applyTheme,
  currentTheme,
  languageNames,
  languages,
  type Theme,
  themes,
} from "../../lib/preferences.ts";
import { useSession } from "../../lib/session.ts";
import { Button, Panel, Select } from "../../ui/index.ts";
import { settingsStrings } from "./strings.ts";

/** Who is signed in, and how the console looks to them. */
export function AccountTab() {
  const t = useT(settingsStrings);
  const language = useLanguage();
  const { user, tenant, role } = useSession();
  const signOut = useSignOut();
  const [theme, setTheme] = useState<Theme>(currentTheme);
  return (
    <>
      <Panel title={t("look.title")} description={t("look.text")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label={t("look.language")}
            value={language}
            options={languages.map((value) => ({ value, label: languageNames[value] }))}
            onChange={setLanguage}
          />
          <Select
            label={t("look.theme")}
            value={theme}
            options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
            onChange={(next) => {
              applyTheme(next);
              setTheme(next);
            }}
          />
        </div>
      </Panel>
      <Panel
        title={t("account.title")}
        action={<Button onClick={() => void signOut()}>{t("signOut")}</Button>}
      >
        <dl className="grid gap-3 sm:grid-cols-2">
          <Fact label={t("account.name")}>{user.name}</Fact>
          <Fact label={t("account.email")}>{user.email}</Fact>
          <Fact label={t("account.workspace")}>{tenant.name}</Fact>
          <Fact label={t("account.role")}>{t(`role.${role}`)}</Fact>
        </dl>
      </Panel>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="text-14 [overflow-wrap:anywhere]">
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}
