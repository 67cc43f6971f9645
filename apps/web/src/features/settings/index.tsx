import { PageHeader } from "../../ui/index.ts";

export function SettingsPage() {
  return <PageHeader title="settings" />;
}
