import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  ErrorState,
  explainError,
  FormDialog,
  Select,
  Skeleton,
  TextField,
  uiStrings,
} from "../../../ui/index.ts";
import { type Permission, PermissionList, withinOneBot } from "./permission-list.tsx";
import { permissionStrings } from "./permissions.strings.ts";
import { keyStrings } from "./strings.ts";

const expiries = ["30", "90", "365", "never"] as const;
type Expiry = (typeof expiries)[number];

/** Bots to choose from. */
const mostBots = 100;

export function CreateKeyDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (secret: string) => void;
}) {
  const t = useT(keyStrings);
  const permissionWords = useT(permissionStrings);
  const ui = useT(uiStrings);
  const bots = useQuery(trpc.bot.list.queryOptions({ pageSize: mostBots }));
  const permissions = useQuery(trpc.apiKeys.permissions.queryOptions());
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set(["chat"]));
  const [bot, setBot] = useState("");
  const [expiry, setExpiry] = useState<Expiry>("365");
  const [missing, setMissing] = useState({ name: false, permissions: false });
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({ onSuccess: ({ secret }) => onCreated(secret) }),
  );

  function submit(values: FormData) {
    const name = String(values.get("name") ?? "").trim();
    setMissing({ name: name === "", permissions: chosen.size === 0 });
    if (name === "" || chosen.size === 0) return;
    create.mutate({
      name,
      permissions: [...chosen],
      ...(bot === "" ? {} : { botId: bot }),
      ...(expiry === "never" ? {} : { expiresAt: daysFromNow(Number(expiry)) }),
    });
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t("form.title")}
      submitLabel={t("form.create")}
      pending={create.isPending}
      failure={create.isError ? t("form.failed", { reason: explainError(create.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("form.name")}
        name="name"
        maxLength={100}
        hint={t("form.name.hint")}
        error={missing.name ? t("form.name.missing") : null}
      />
      <Select
        label={t("form.bot")}
        value={bot}
        options={[
          { value: "", label: t("form.bot.all") },
          ...(bots.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(next) => {
          setBot(next);
          if (next !== "") setChosen(withinOneBot(chosen));
        }}
        hint={t("form.bot.hint")}
      />
      <Select
        label={t("form.expiry")}
        value={expiry}
        options={expiries.map((value) => ({ value, label: t(`expiry.${value}`) }))}
        onChange={setExpiry}
      />
      {permissions.data ? (
        <PermissionList
          permissions={permissions.data}
          chosen={chosen}
          isOfOneBot={bot !== ""}
          onChange={setChosen}
          error={missing.permissions ? permissionWords("missing") : null}
        />
      ) : permissions.isError ? (
        <ErrorState error={permissions.error} onRetry={() => void permissions.refetch()} />
      ) : (
        <Skeleton className="h-40" />
      )}
    </FormDialog>
  );
}

function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
