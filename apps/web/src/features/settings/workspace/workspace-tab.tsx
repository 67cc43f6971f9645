import { may, useSession } from "../../../lib/session.ts";
import { DangerPanel } from "./danger-panel.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { OwnTenantsPanel } from "./own-tenants-panel.tsx";
import { TenantPanel } from "./tenant-panel.tsx";

/** The workspace itself: what it is called, a copy of it, its end; and the others that one belongs to. */
export function WorkspaceTab() {
  const session = useSession();
  return (
    <>
      {may(session, "manage workspace") ? <TenantPanel /> : null}
      <OwnTenantsPanel />
      {may(session, "export workspace") ? <ExportPanel /> : null}
      {may(session, "delete workspace") ? <DangerPanel /> : null}
    </>
  );
}
