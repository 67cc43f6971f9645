import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { useSession } from "../../../lib/session.ts";
import { errorCodeOf, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Panel, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { accountStrings } from "./strings.ts";

const shortest = 8;

/** Changes the password; every other session of the person ends. */
export function PasswordPanel() {
  const t = useT(accountStrings);
  const ui = useT(uiStrings);
  const { user } = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<{ current?: string; next?: string }>({});
  const change = useMutation(
    trpc.user.changePassword.mutationOptions({
      onSuccess() {
        form.current?.reset();
        toast.done(t("password.saved"), t("password.saved.text"));
      },
      onError(error) {
        // lengths were checked here, so that the server can have refused only the current password
        const isWrong = errorCodeOf(error) === "VALIDATION_ERROR";
        setWrong({ current: isWrong ? t("password.current.wrong") : explainError(error, ui) });
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (change.isPending) return;
    const values = new FormData(event.currentTarget);
    const [currentPassword, newPassword] = [String(values.get("current")), String(values.get("next"))];
    const found: typeof wrong = {};
    if (currentPassword === "") found.current = t("password.current.missing");
    if (newPassword.length < shortest) found.next = t("password.new.short", { length: newPassword.length });
    setWrong(found);
    if (!found.current && !found.next) change.mutate({ currentPassword, newPassword });
  }

  return (
    <Panel title={t("password.title")} description={t("password.text")}>
      <form ref={form} noValidate onSubmit={submit} className="flex flex-col items-start gap-4">
        {/* names the account for password managers */}
        <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
        <div className="grid w-full gap-4 sm:grid-cols-2">
          <TextField
            label={t("password.current")}
            name="current"
            type="password"
            dir="ltr"
            maxLength={256}
            autoComplete="current-password"
            error={wrong.current}
          />
          <TextField
            label={t("password.new")}
            name="next"
            type="password"
            dir="ltr"
            maxLength={256}
            autoComplete="new-password"
            hint={t("password.new.hint")}
            error={wrong.next}
          />
        </div>
        <Button type="submit" pending={change.isPending}>
          {t("password.save")}
        </Button>
      </form>
    </Panel>
  );
}
