import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, FormDialog, TextField, toast, uiStrings } from "../../ui/index.ts";
import { useWait } from "./use-wait.ts";
import { type Channel, explainChecking, explainSending, secondsToWait } from "./verification.ts";
import { verifyStrings } from "./verify.strings.ts";

/** Seconds between two codes: the first may still be on its way. */
const pause = 30;

interface VerifyDialogProps {
  customerId: string;
  channel: Channel;
  /** Where the code goes. */
  to: string;
  onClose: () => void;
}

/** Sends a code to an address or number of a customer, and checks what they read out of it. */
export default function VerifyDialog({ customerId, channel, to, onClose }: VerifyDialogProps) {
  const t = useT(verifyStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  const { left, until, wait } = useWait();
  const [isMissing, setMissing] = useState(false);
  const send = useMutation(
    trpc.verification.send.mutationOptions({
      onSuccess() {
        check.reset();
        wait(pause);
      },
      onError: (error) => wait(secondsToWait(error) ?? 0),
    }),
  );
  const check = useMutation(
    trpc.verification.check.mutationOptions({
      async onSuccess({ otherCustomerId }) {
        if (otherCustomerId === null) {
          toast.done(t("done"));
          onClose();
        }
        await queryClient.invalidateQueries(trpc.endUsers.pathFilter());
      },
    }),
  );
  /** The last code that went out: one that was refused since leaves it as it was. */
  const [sent, setSent] = useState<{ verificationId: string; expiresAt: string } | null>(null);
  const other = check.data?.otherCustomerId ?? null;

  const sendCode = () => send.mutate({ customerId, channel, to }, { onSuccess: setSent });
  function submit(values: FormData) {
    if (!sent) return left === 0 ? sendCode() : undefined;
    const code = String(values.get("code") ?? "").replaceAll(/\s/g, "");
    const isWhole = /^\d{6}$/.test(code);
    setMissing(!isWhole);
    if (isWhole) check.mutate({ verificationId: sent.verificationId, code });
  }

  return (
    <FormDialog
      title={t(`title.${channel}`)}
      description={<bdi className="[overflow-wrap:anywhere]">{to}</bdi>}
      onClose={onClose}
      submitLabel={sent ? t("check") : t("send")}
      pending={sent ? check.isPending : send.isPending}
      failure={send.isError ? explainSending(send.error, channel, t, ui) : null}
      onSubmit={submit}
    >
      {sent ? (
        <>
          <p role="status" className="text-13 text-ink-2">
            {t("sent", { time: format.time(new Date(sent.expiresAt)) })}
          </p>
          <TextField
            label={t("code")}
            name="code"
            dir="ltr"
            inputMode="numeric"
            autoComplete="off"
            maxLength={10}
            autoFocus
            error={
              isMissing ? t("code.missing") : check.isError ? explainChecking(check.error, t, ui) : undefined
            }
          />
        </>
      ) : (
        <p className="text-14">{t(`text.${channel}`)}</p>
      )}
      {other ? (
        <p role="alert" className="text-13 text-warn">
          {t("other")}{" "}
          <Link
            to="/customers/$customerId"
            params={{ customerId: other }}
            onClick={onClose}
            className="text-accent underline"
          >
            {t("other.open")}
          </Link>
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 empty:hidden">
        {sent ? (
          <Button size="sm" disabled={left > 0} pending={send.isPending} onClick={sendCode}>
            {t("again")}
          </Button>
        ) : null}
        {left > 0 && until ? (
          <span className="text-12 text-ink-3">
            {left < 60
              ? t("again.in", { time: format.duration(left * 1_000) })
              : t("again.at", { time: format.time(until) })}
          </span>
        ) : null}
      </div>
    </FormDialog>
  );
}
