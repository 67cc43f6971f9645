import { PageHeader } from "../../ui/index.ts";

export function StudioPage() {
  return <PageHeader title="studio" />;
}
