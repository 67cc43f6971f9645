import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  CodeBox,
  ConfirmDialog,
  CopyButton,
  Dialog,
  ErrorState,
  Panel,
  Skeleton,
  Time,
} from "../../../ui/index.ts";
import { signedIdentityStrings } from "./signed-identity.strings.ts";

/** For a site that tells who is signed in there: the secret by which it signs, and what its server does with it. */
const serverCode = `import { createHmac } from "node:crypto";

// what you know of the person who is signed in; only the id is needed
const claims = { sub: user.id, email: user.email, name: user.name, exp: Math.floor(Date.now() / 1000) + 300 };
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const signed = part({ alg: "HS256", typ: "JWT" }) + "." + part(claims);
const identity = signed + "." + createHmac("sha256", process.env.PARLANCE_IDENTITY_SECRET).update(signed).digest("base64url");`;

const pageCode = `<script src="${location.origin}/widget.js" data-widget="WIDGET_ID" data-identity="IDENTITY" async></script>
<!-- or once somebody signs in without a new page: -->
<script>window.Parlance?.identify(identity)</script>`;

/** Makes the secret by which a site signs who its visitor is, shows it once, and how it is used. */
export function SignedIdentity() {
  if (!may(useSession(), "manage signed identities")) return null;
  return <Secret />;
}

function Secret() {
  const t = useT(signedIdentityStrings);
  const current = useQuery(trpc.endUsers.identitySecret.queryOptions());
  const [asking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = useMutation(trpc.endUsers.rotateIdentitySecret.mutationOptions());

  async function make() {
    const made = await rotate.mutateAsync();
    setSecret(made.secret);
    await queryClient.invalidateQueries(trpc.endUsers.identitySecret.queryFilter());
  }

  const isSet = current.data?.isSet ?? false;
  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={
        <Button disabled={!current.data} onClick={() => setAsking(true)}>
          {t(isSet ? "rotate" : "make")}
        </Button>
      }
    >
      {current.isError ? (
        <ErrorState error={current.error} onRetry={() => void current.refetch()} />
      ) : current.isPending ? (
        <Skeleton className="h-8" />
      ) : (
        <p className="mb-3 text-14 text-ink-2">
          {current.data.createdAt ? (
            <>
              {t("since")} <Time value={current.data.createdAt} />
            </>
          ) : (
            t("none")
          )}
        </p>
      )}
      <div className="flex flex-col items-start gap-3 [&>section]:w-full">
        <p className="text-13 text-ink-2">{t("server.text")}</p>
        <CodeBox code={serverCode} label={t("server")} />
        <CopyButton text={serverCode} label={t("server")} />
        <p className="text-13 text-ink-2">{t("page.text")}</p>
        <CodeBox code={pageCode} label={t("page")} />
        <CopyButton text={pageCode} label={t("page")} />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t(isSet ? "rotate.title" : "make.title")}
        description={t(isSet ? "rotate.text" : "make.text")}
        confirmLabel={t(isSet ? "rotate" : "make")}
        onConfirm={make}
      />
      {secret === null ? null : (
        <Dialog
          open
          wide
          onClose={() => setSecret(null)}
          title={t("secret.title")}
          description={t("secret.text")}
          footer={
            <Button variant="primary" onClick={() => setSecret(null)}>
              {t("secret.done")}
            </Button>
          }
        >
          <div className="flex flex-col items-start gap-3 [&>section]:w-full">
            <CodeBox code={secret} label={t("secret.label")} />
            <CopyButton text={secret} label={t("secret.label")} />
          </div>
        </Dialog>
      )}
    </Panel>
  );
}
