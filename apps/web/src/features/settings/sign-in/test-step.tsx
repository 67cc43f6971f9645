import { useMutation } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, explainError, uiStrings } from "../../../ui/index.ts";
import { signInStrings } from "./strings.ts";

/** Asks the provider, and says of each part whether it works. */
export function TestStep({ onTested }: { onTested: (isGood: boolean) => void }) {
  const t = useT(signInStrings);
  const ui = useT(uiStrings);
  const test = useMutation(
    trpc.enterpriseSecurity.testSsoConfig.mutationOptions({ onSuccess: ({ ok }) => onTested(ok) }),
  );
  return (
    <>
      <p className="text-13 text-ink-2">{t("test.text")}</p>
      <Button className="self-start" pending={test.isPending} onClick={() => test.mutate()}>
        {t("test")}
      </Button>
      <div role="status" className="flex flex-col gap-2 text-13">
        {test.isError ? (
          <p className="text-bad">{t("act.failed", { reason: explainError(test.error, ui) })}</p>
        ) : null}
        {test.data?.checks.map(({ check, ok, message }) => (
          <div key={check} className="flex items-start gap-2">
            {ok ? (
              <Check className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
            ) : (
              <X className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
            )}
            <p>
              {t(`check.${check}`)}
              <span className="sr-only">: {t(ok ? "check.good" : "check.bad")}</span>
              {message ? (
                <span dir="auto" className="mt-0.5 block break-words text-bad">
                  {message}
                </span>
              ) : null}
            </p>
          </div>
        ))}
        {test.data?.ok ? <p className="font-medium text-good">{t("test.ok")}</p> : null}
      </div>
    </>
  );
}
