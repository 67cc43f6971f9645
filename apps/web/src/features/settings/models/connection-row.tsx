import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import type { ApiKey } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, StatusDot, Time, type Tone, toast, uiStrings } from "../../../ui/index.ts";
import { settingsStrings } from "../strings.ts";

const tones: Record<ApiKey["state"], Tone> = {
  absent: "neutral",
  working: "good",
  failing: "bad",
  unreadable: "bad",
};

/** One connection with the outcome of its last test. Without the handlers it is only to be read. */
export function ConnectionRow({
  connection,
  onChange,
  onRemove,
}: {
  connection: ApiKey;
  onChange?: () => void;
  onRemove?: () => void;
}) {
  const t = useT(settingsStrings);
  const ui = useT(uiStrings);
  const { provider, purpose, state, model, baseUrl, lastTested, statusMessage, dimensions } = connection;
  const name = t(`provider.${provider}`);
  const test = useMutation(
    trpc.user.testLlmApiKey.mutationOptions({
      onSuccess: async (tested) => {
        await queryClient.invalidateQueries(trpc.user.listLlmApiKeys.queryFilter());
        if (tested.state === "working") toast.done(t("models.test.passed", { name }));
        else toast.failed(t("models.test.failed", { name }), tested.statusMessage);
      },
      onError: (error) => toast.failed(t("models.test.failed", { name }), explainError(error, ui)),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-64">
        <div className="flex flex-wrap items-center gap-x-3">
          <span className="text-14 font-medium">{name}</span>
          <span className="inline-flex flex-wrap items-center gap-x-2 text-13 text-ink-3">
            <StatusDot tone={tones[state]} label={t(`models.state.${state}`)} />
            {lastTested ? (
              <span>
                · {t("models.tested")} <Time value={lastTested} />
              </span>
            ) : null}
          </span>
        </div>
        <p className="text-13 text-ink-2 [overflow-wrap:anywhere]">
          <bdi>{[model, baseUrl].filter(Boolean).join(" · ")}</bdi>
        </p>
        {state === "working" ? (
          <p className="text-13 text-ink-3">
            {dimensions === null
              ? t("models.passed.answering")
              : t("models.passed.embedding", { dimensions })}
          </p>
        ) : (
          <p dir="auto" className="text-start text-13 text-bad">
            {statusMessage}
          </p>
        )}
      </div>
      {onChange && onRemove ? (
        <div className="flex flex-wrap gap-2">
          {state === "unreadable" ? null : (
            <Button size="sm" pending={test.isPending} onClick={() => test.mutate({ provider, purpose })}>
              {t("models.test")}
            </Button>
          )}
          <Button size="sm" onClick={onChange}>
            {t("models.change")}
          </Button>
          <Button size="sm" variant="danger" onClick={onRemove}>
            {t("models.remove")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
