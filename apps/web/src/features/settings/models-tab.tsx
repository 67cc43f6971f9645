import { ConnectionsPanel } from "./models/connections-panel.tsx";

/** The workspace's own models: those that write answers, and those that make vectors. */
export function ModelsTab() {
  return (
    <>
      <ConnectionsPanel purpose="answering" />
      <ConnectionsPanel purpose="embedding" />
    </>
  );
}
