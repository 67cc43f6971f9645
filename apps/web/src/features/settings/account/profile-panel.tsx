import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useSignOut } from "../../../app/use-sign-out.ts";
import { useT } from "../../../lib/i18n.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Panel, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { settingsStrings } from "../strings.ts";
import { accountStrings } from "./strings.ts";

/** Who is signed in, in which workspace, as what; the name is theirs to change. */
export function ProfilePanel() {
  const t = useT(accountStrings);
  const settings = useT(settingsStrings);
  const ui = useT(uiStrings);
  const session = useSession();
  const { user, tenant } = session;
  const roleName = useRoleName();
  const signOut = useSignOut();
  const [missing, setMissing] = useState(false);
  const save = useMutation(
    trpc.user.updateProfile.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries(trpc.auth.getSession.queryFilter());
        toast.done(t("profile.saved"));
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setMissing(name === "");
    if (name !== "" && !save.isPending) save.mutate({ name });
  }

  const failure = save.isError ? t("profile.failed", { reason: explainError(save.error, ui) }) : null;
  return (
    <Panel
      title={t("profile.title")}
      action={<Button onClick={() => void signOut()}>{settings("signOut")}</Button>}
    >
      <form noValidate onSubmit={submit} className="flex flex-wrap items-start gap-3">
        <TextField
          label={t("profile.name")}
          name="name"
          autoComplete="name"
          maxLength={100}
          defaultValue={user.name}
          hint={t("profile.name.hint")}
          error={missing ? t("profile.name.missing") : failure}
          className="min-w-60 grow"
        />
        <Button type="submit" pending={save.isPending} className="mt-6">
          {t("profile.save")}
        </Button>
      </form>
      <dl className="mt-5 grid gap-3 sm:grid-cols-3">
        <Fact label={t("profile.email")}>{user.email}</Fact>
        <Fact label={t("profile.workspace")}>{tenant.name}</Fact>
        <Fact label={t("profile.role")}>{roleName(session)}</Fact>
      </dl>
    </Panel>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-3">{label}</dt>
      <dd className="text-14 [overflow-wrap:anywhere]">
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}
