import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { CodeBox, explainError, FormDialog, TextField, toast, uiStrings } from "../../../ui/index.ts";
import type { Connection, KindOfChannel } from "./kinds.ts";
import { channelStrings } from "./strings.ts";

/** What a Slack app's bot is allowed to, for all that is done by it. */
const slackScopes = [
  "channels:manage",
  "channels:read",
  "channels:history",
  "groups:read",
  "chat:write",
  "users:read",
  "users:read.email",
].join("\n");

/** Connects an account of the tenant's, or another in its place. The server tries it before it is saved. */
export default function ConnectDialog({
  of: { kind, fields, toInput },
  current,
  onClose,
}: {
  of: KindOfChannel;
  current: Connection | null;
  onClose: () => void;
}) {
  const t = useT(channelStrings);
  const ui = useT(uiStrings);
  const title = t(`${kind}.title`);
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const connect = useMutation(
    trpc.communication.connect.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.communication.pathFilter());
        toast.done(t("form.saved", { kind: title }));
        onClose();
      },
    }),
  );

  function submit(values: FormData) {
    const read = (name: string) => String(values.get(name) ?? "").trim();
    const empty = fields.filter(({ name }) => read(name) === "").map(({ name }) => name);
    setMissing(new Set(empty));
    if (empty.length === 0) connect.mutate(toInput(read, read("name") || undefined));
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t("connect.of", { kind: title })}
      description={t("form.text")}
      submitLabel={connect.isPending ? t("form.trying") : t("form.save")}
      pending={connect.isPending}
      failure={connect.isError ? t("form.failed", { reason: explainError(connect.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("form.name")}
        name="name"
        dir="auto"
        maxLength={100}
        defaultValue={current?.name ?? ""}
        hint={t("form.name.hint", { kind: title })}
      />
      {fields.map(({ name, secret }) => (
        <TextField
          key={name}
          label={t(`form.${name}`)}
          name={name}
          type={secret ? "password" : "text"}
          dir="ltr"
          autoComplete="off"
          defaultValue={secret ? "" : String(current?.settings[name] ?? "")}
          hint={t(`form.${name}.hint`)}
          error={missing.has(name) ? t("form.missing") : null}
        />
      ))}
      {kind === "slack" ? (
        <div className="flex flex-col gap-2 text-13 text-ink-2">
          <p>{t("form.scopes")}</p>
          <CodeBox code={slackScopes} label={t("form.scopes")} />
          <p>{t("form.events")}</p>
          <CodeBox code={`${location.origin}/v1/webhooks/slack/events`} label={t("form.events")} />
        </div>
      ) : null}
    </FormDialog>
  );
}
