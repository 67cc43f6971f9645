import { may, useSession } from "../../../lib/session.ts";
import { InvitationsPanel } from "./invitations-panel.tsx";
import { MembersPanel } from "./members-panel.tsx";

/** Who works here, and who was asked to. */
export function MembersTab() {
  const session = useSession();
  return (
    <>
      <MembersPanel />
      {may(session, "manage members") ? <InvitationsPanel /> : null}
    </>
  );
}
