import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, CopyButton, explainError, uiStrings } from "../../../ui/index.ts";
import type { SsoConfig } from "./sso-config.ts";
import { ValueLine } from "./step.tsx";
import { signInStrings } from "./strings.ts";

/** The DNS record that proves the domain, and a look whether it is there. */
export function DomainStep({ config }: { config: SsoConfig }) {
  const t = useT(signInStrings);
  const ui = useT(uiStrings);
  const { domain, domainRecord } = config;
  const verify = useMutation(
    trpc.enterpriseSecurity.verifySsoDomain.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.enterpriseSecurity.getSsoConfig.queryFilter()),
    }),
  );
  const isVerified = config.domainVerifiedAt !== null;
  return (
    <>
      <p className="max-w-prose text-13 text-ink-2">{t("dns.text", { domain })}</p>
      <div className="flex flex-col gap-3 rounded-control border border-line p-3">
        <ValueLine name={t("dns.type")} value="TXT" action={null} />
        <ValueLine
          name={t("dns.name")}
          value={domainRecord.name}
          action={<CopyButton text={domainRecord.name} label={t("dns.name")} />}
        />
        <ValueLine
          name={t("dns.value")}
          value={domainRecord.value}
          action={<CopyButton text={domainRecord.value} label={t("dns.value")} />}
        />
      </div>
      <Button className="self-start" pending={verify.isPending} onClick={() => verify.mutate()}>
        {t("verify")}
      </Button>
      <div role="status" className="text-13">
        {verify.isError ? (
          <p className="text-bad">{t("act.failed", { reason: explainError(verify.error, ui) })}</p>
        ) : verify.data?.problem === "missing" ? (
          <p className="text-warn">{t("verify.missing")}</p>
        ) : verify.data?.problem === "different" ? (
          <p className="break-words text-warn">
            {t("verify.different", { found: verify.data.found.join(", ") })}
          </p>
        ) : isVerified ? (
          <p className="font-medium text-good">{t("verified", { domain })}</p>
        ) : null}
      </div>
    </>
  );
}
