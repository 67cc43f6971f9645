import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { useSession } from "../../lib/session.ts";
import { errorCodeOf, trpc } from "../../lib/trpc.ts";
import {
  Button,
  type ButtonProps,
  ErrorState,
  explainError,
  Skeleton,
  TextField,
  uiStrings,
} from "../../ui/index.ts";
import { factorStrings } from "./strings.ts";

/**
 * Asks whoever changes how they sign in for their password, where the server wants it: not in the first minutes of a
 * session. A rejection of `onConfirm` is shown here.
 */
export function ConfirmForm({
  action,
  variant = "primary",
  children,
  onConfirm,
}: {
  action: string;
  variant?: ButtonProps["variant"];
  children?: ReactNode;
  onConfirm: (confirmed: { password?: string }, values: FormData) => Promise<unknown>;
}) {
  const t = useT(factorStrings);
  const ui = useT(uiStrings);
  const { user } = useSession();
  // it changes by the mere passing of time
  const status = useQuery(trpc.mfa.status.queryOptions(undefined, { staleTime: 0 }));
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<{ password?: string; whole?: string }>({});
  if (status.isError) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
  if (!status.data) return <Skeleton className="h-20" />;
  const { confirmBy } = status.data;
  if (confirmBy === "signing in") return <p className="text-14 text-ink-2">{t("confirm.signIn")}</p>;
  const asksPassword = confirmBy === "password";

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const values = new FormData(event.currentTarget);
    const password = String(values.get("password") ?? "");
    if (asksPassword && password === "") return setFailure({ password: t("password.missing") });
    setPending(true);
    setFailure({});
    try {
      await onConfirm(asksPassword ? { password } : {}, values);
    } catch (error) {
      const isPassword = asksPassword && errorCodeOf(error) === "VALIDATION_ERROR";
      setFailure(isPassword ? { password: t("password.wrong") } : { whole: explainError(error, ui) });
    } finally {
      setPending(false);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {children}
      {asksPassword ? (
        <>
          <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
          <TextField
            label={t("password")}
            name="password"
            type="password"
            dir="ltr"
            maxLength={256}
            autoComplete="current-password"
            hint={t("confirm.password")}
            error={failure.password}
          />
        </>
      ) : null}
      {failure.whole ? (
        <p role="alert" className="text-13 text-bad">
          {failure.whole}
        </p>
      ) : null}
      <Button type="submit" variant={variant} pending={pending} className="self-end">
        {action}
      </Button>
    </form>
  );
}
