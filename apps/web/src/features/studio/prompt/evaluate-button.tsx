import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { trpc } from "../../../lib/trpc.ts";
import { Button } from "../../../ui/index.ts";
import { StartRunDialog } from "../../quality/evaluations/start-run-dialog.tsx";

/** Starts a run of all cases with a text, or with the one in use, and leads to it. */
export function EvaluateButton({ botId, label, prompt }: { botId: string; label: string; prompt?: string }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const cases = useQuery(trpc.evaluations.cases.list.queryOptions({ botId, isEnabled: true, pageSize: 1 }));
  const total = cases.data?.meta.totalItems ?? 0;
  return (
    <>
      <Button
        size="sm"
        onClick={() =>
          total > 0 ? setOpen(true) : void navigate({ to: "/quality", search: { tab: "evaluations", botId } })
        }
      >
        {label}
      </Button>
      {open ? (
        <StartRunDialog
          bot={{ id: botId }}
          cases={total}
          initial={prompt === undefined ? {} : { prompt }}
          onClose={() => setOpen(false)}
          onStarted={(run) => void navigate({ to: "/quality", search: { tab: "evaluations", botId, run } })}
        />
      ) : null}
    </>
  );
}
