import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useSignOut } from "../../app/use-sign-out.ts";
import { useT } from "../../lib/i18n.ts";
import { renewSession, sessionQuery } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, ErrorState, Skeleton } from "../../ui/index.ts";
import { SetUp } from "../second-factor/set-up.tsx";
import { AuthFrame } from "./auth-frame.tsx";
import { localPath } from "./local-path.ts";
import { SecondFactorForm } from "./second-factor-form.tsx";
import { secondFactorStrings } from "./second-factor-strings.ts";

/**
 * What a session still lacks before anything else may be done in it: a code, or, where the workspace asks for one and
 * the person has none, to set an app up.
 */
export function SecondFactorPage() {
  const t = useT(secondFactorStrings);
  const { next } = useSearch({ from: "/second-factor" });
  const router = useRouter();
  const signOut = useSignOut();
  const session = useQuery(sessionQuery);
  const status = useQuery(trpc.mfa.status.queryOptions());
  // once turned on, the status says so, but the backup codes are still to be read
  const [settingUp, setSettingUp] = useState(false);

  async function goOn() {
    await renewSession();
    router.history.push(localPath(next));
  }

  const asksSetUp = settingUp || status.data?.enabled === false;
  const words = asksSetUp
    ? { title: t("setUp.title"), text: t("setUp.text", { workspace: session.data?.tenant.name ?? "" }) }
    : { title: t("title"), text: t("text") };
  return (
    <AuthFrame {...words}>
      <div className="mt-5 flex flex-col gap-4">
        {status.isError ? (
          <ErrorState error={status.error} onRetry={() => void status.refetch()} />
        ) : !status.data || !session.data ? (
          <Skeleton className="h-32" />
        ) : asksSetUp ? (
          <SetUp onTurnedOn={() => setSettingUp(true)} onDone={() => void goOn()} />
        ) : (
          <SecondFactorForm hasPasskeys={status.data.passkeys > 0} onShown={goOn} />
        )}
        <Button variant="ghost" onClick={() => void signOut()}>
          {t("signOut")}
        </Button>
      </div>
    </AuthFrame>
  );
}
