import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, toast, uiStrings } from "../../../ui/index.ts";
import { type SsoConfig, withChanges } from "./sso-config.ts";
import { signInStrings } from "./strings.ts";

/** Lets people in by it, or not any more. */
export function SwitchStep({ config }: { config: SsoConfig }) {
  const t = useT(signInStrings);
  const ui = useT(uiStrings);
  const save = useMutation(
    trpc.enterpriseSecurity.setSsoConfig.mutationOptions({
      onSuccess: async (_saved, { enabled }) => {
        await queryClient.invalidateQueries(trpc.enterpriseSecurity.getSsoConfig.queryFilter());
        toast.done(t(enabled ? "switched.on" : "switched.off"));
      },
    }),
  );
  if (config.domainVerifiedAt === null && !config.enabled) {
    return <p className="text-13 text-ink-3">{t("switch.first")}</p>;
  }
  return (
    <>
      <p className="max-w-prose text-13 text-ink-2">{t("switch.text", { domain: config.domain })}</p>
      <Button
        variant={config.enabled ? "secondary" : "primary"}
        className="self-start"
        pending={save.isPending}
        onClick={() => save.mutate(withChanges(config, { enabled: !config.enabled }))}
      >
        {t(config.enabled ? "switch.off" : "switch.on")}
      </Button>
      {save.isError ? (
        <p role="alert" className="text-13 text-bad">
          {t("act.failed", { reason: explainError(save.error, ui) })}
        </p>
      ) : null}
    </>
  );
}
