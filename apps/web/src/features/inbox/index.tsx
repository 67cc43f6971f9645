import { PageHeader } from "../../ui/index.ts";

export function InboxPage() {
  return <PageHeader title="inbox" />;
}
