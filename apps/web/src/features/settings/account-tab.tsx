import { useState } from "react";
import { setLanguage, useLanguage, useT } from "../../lib/i18n.ts";
import {
  applyTheme,
  currentTheme,
  languageNames,
  languages,
  type Theme,
  themes,
} from "../../lib/preferences.ts";
import { Panel, Select } from "../../ui/index.ts";
import { DevicesPanel } from "../account-security/devices-panel.tsx";
import { PasskeysPanel } from "../account-security/passkeys-panel.tsx";
import { TwoStepPanel } from "../account-security/two-step-panel.tsx";
import { PasswordPanel } from "./account/password-panel.tsx";
import { ProfilePanel } from "./account/profile-panel.tsx";
import { SessionsPanel } from "./account/sessions-panel.tsx";
import { settingsStrings } from "./strings.ts";

/** Who is signed in, how they sign in, and how the console looks to them. */
export function AccountTab() {
  const t = useT(settingsStrings);
  const language = useLanguage();
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
      <ProfilePanel />
      <PasswordPanel />
      <TwoStepPanel />
      <PasskeysPanel />
      <DevicesPanel />
      <SessionsPanel />
    </>
  );
}
