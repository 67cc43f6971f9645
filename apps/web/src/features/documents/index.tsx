import { PageHeader } from "../../ui/index.ts";

export function DocumentPage() {
  return <PageHeader title="documents" />;
}
