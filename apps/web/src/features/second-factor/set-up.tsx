import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { type Outputs, trpc } from "../../lib/trpc.ts";
import { Button, CodeBox, CopyButton, TextField, uiStrings } from "../../ui/index.ts";
import { BackupCodes } from "./backup-codes.tsx";
import { ConfirmForm } from "./confirm-form.tsx";
import { explainCode } from "./explain-factor.ts";
import { factorStrings } from "./strings.ts";

/** Turns two-step verification on: the picture, the first code, and the backup codes, which are shown once. */
export function SetUp({ onTurnedOn, onDone }: { onTurnedOn?: () => void; onDone: () => void }) {
  const t = useT(factorStrings);
  const [begun, setBegun] = useState<Outputs["mfa"]["setup"] | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const begin = useMutation(trpc.mfa.setup.mutationOptions());
  if (codes) return <BackupCodes codes={codes} onKept={onDone} />;
  if (begun) {
    return (
      <FirstCode
        begun={begun}
        onTurnedOn={(backupCodes) => {
          setCodes(backupCodes);
          onTurnedOn?.();
        }}
      />
    );
  }
  return (
    <ConfirmForm
      action={t("setUp.begin")}
      onConfirm={async (confirmed) => setBegun(await begin.mutateAsync(confirmed))}
    >
      <p className="text-14 text-ink-2">{t("setUp.intro")}</p>
    </ConfirmForm>
  );
}

function FirstCode({
  begun: { secret, uri, qrSvg },
  onTurnedOn,
}: {
  begun: Outputs["mfa"]["setup"];
  onTurnedOn: (backupCodes: string[]) => void;
}) {
  const t = useT(factorStrings);
  const ui = useT(uiStrings);
  const [missing, setMissing] = useState(false);
  const verify = useMutation(
    trpc.mfa.verify.mutationOptions({ onSuccess: ({ backupCodes }) => onTurnedOn(backupCodes ?? []) }),
  );
  const key = secret.match(/.{1,4}/g)?.join(" ") ?? secret;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code")).replaceAll(/\s/g, "");
    setMissing(!/^\d{6}$/.test(code));
    if (/^\d{6}$/.test(code) && !verify.isPending) verify.mutate({ code });
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-14">{t("setUp.scan")}</p>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
        alt={t("setUp.picture")}
        className="size-44 self-center rounded-control"
      />
      <div className="flex flex-col items-start gap-2 text-13 [&>section]:w-full">
        <span className="text-ink-2">{t("setUp.key")}</span>
        <CodeBox code={key} label={t("setUp.key")} />
        <div className="flex flex-wrap items-center gap-3">
          <CopyButton text={secret} label={t("setUp.key")} />
          <a href={uri} className="text-accent underline">
            {t("setUp.open")}
          </a>
        </div>
      </div>
      <TextField
        label={t("setUp.enter")}
        name="code"
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        autoFocus
        error={missing ? t("code.missing") : verify.isError ? explainCode(verify.error, t, ui) : undefined}
      />
      <Button type="submit" variant="primary" pending={verify.isPending} className="self-end">
        {t("setUp.finish")}
      </Button>
    </form>
  );
}
