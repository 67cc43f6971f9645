import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, Select, toast } from "../../ui/index.ts";
import { ResolveDialog } from "./resolve-dialog.tsx";
import { Section } from "./section.tsx";
import type { ResolutionDetail } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

const nobody = "nobody";
const priorities = ["P0", "P1", "P2", "P3"] as const;

/** Its status, owner and priority: what is changed most often. */
export function MoveSection({ resolution }: { resolution: ResolutionDetail }) {
  const t = useT(resolutionStrings);
  const { update } = useResolutionActs();
  const [resolving, setResolving] = useState(false);
  const { data: people } = useQuery(trpc.users.list.queryOptions({ pageSize: 100, status: "active" }));
  const { id: resolutionId, version, owner, priority } = resolution;
  const known = people?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const owners =
    owner && !known.some(({ value }) => value === owner.id)
      ? [{ value: owner.id, label: owner.name }, ...known]
      : known;
  return (
    <Section title={t("move")}>
      <div className="flex flex-wrap gap-2">
        {resolution.allowed.map((status) =>
          status === "resolved" ? (
            <Button key={status} size="sm" variant="primary" onClick={() => setResolving(true)}>
              {t("resolve")}
            </Button>
          ) : (
            <Button
              key={status}
              size="sm"
              pending={update.isPending && update.variables.status === status}
              onClick={() =>
                update.mutate(
                  { resolutionId, version, status },
                  { onSuccess: () => toast.done(t("moved", { status: t(`status.${status}`) })) },
                )
              }
            >
              {t(`status.${status}`)}
            </Button>
          ),
        )}
      </div>
      <div className="grid grid-cols-2 gap-2">
        <Select
          label={t("owner")}
          value={owner?.id ?? nobody}
          options={[{ value: nobody, label: t("owner.none") }, ...owners]}
          onChange={(ownerId) =>
            update.mutate({ resolutionId, version, ownerId: ownerId === nobody ? null : ownerId })
          }
        />
        <Select
          label={t("priority")}
          value={priority}
          options={priorities.map((value) => ({ value, label: value }))}
          onChange={(next) => update.mutate({ resolutionId, version, priority: next })}
        />
      </div>
      <ResolveDialog open={resolving} resolution={resolution} onClose={() => setResolving(false)} />
    </Section>
  );
}
