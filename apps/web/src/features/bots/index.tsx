import { PageHeader } from "../../ui/index.ts";

export function BotsPage() {
  return <PageHeader title="bots" />;
}
