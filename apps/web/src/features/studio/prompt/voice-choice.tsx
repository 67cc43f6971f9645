import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useT } from "../../../lib/i18n.ts";
import type { Bot, Prompt } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, Select, toast, uiStrings } from "../../../ui/index.ts";
import { voiceStrings } from "./voice-strings.ts";

/** Prompts of the bot's own, and personalities of the workspace, that are offered. */
const most = 100;

/**
 * By which text the bot answers: a prompt of its own, the workspace's default personality, or another one. Nothing
 * where there is no personality to choose.
 */
export function VoiceChoice({ bot, prompts }: { bot: Bot; prompts: Prompt[] }) {
  const t = useT(voiceStrings);
  const ui = useT(uiStrings);
  const { data } = useQuery(trpc.aiPersonalities.list.queryOptions({ pageSize: most }));
  const handlers = {
    onError: (error: unknown) => toast.failed(t("failed"), explainError(error, ui)),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: trpc.botPrompt.listByBotId.queryKey({ botId: bot.id }) }),
        queryClient.invalidateQueries({ queryKey: trpc.bot.byId.queryKey({ id: bot.id }) }),
        queryClient.invalidateQueries(trpc.aiPersonalities.pathFilter()),
      ]),
  };
  const own = useMutation(trpc.botPrompt.setActive.mutationOptions(handlers));
  const shared = useMutation(trpc.bot.update.mutationOptions(handlers));
  const byDefault = useMutation(trpc.botPrompt.useDefault.mutationOptions(handlers));
  const personalities = data?.items ?? [];
  if (personalities.length === 0) return null;

  const fallback = personalities.find(({ isDefault }) => isDefault);
  const active = prompts.find(({ isActive }) => isActive);
  const chosen = bot.personalityId ?? active?.id ?? "default";
  const shown = personalities.find(({ id }) => id === bot.personalityId) ?? (active ? undefined : fallback);
  const choose = (value: string) => {
    if (value === chosen) return;
    if (value === "default") byDefault.mutate({ botId: bot.id });
    else if (prompts.some(({ id }) => id === value)) own.mutate({ botId: bot.id, promptId: value });
    else shared.mutate({ id: bot.id, personalityId: value });
  };
  return (
    <section className="flex flex-col gap-2 rounded-panel border border-line bg-surface-1 p-4">
      <Select
        label={t("label")}
        value={chosen}
        disabled={own.isPending || shared.isPending || byDefault.isPending}
        options={[
          ...prompts.map(({ id, name }) => ({ value: id, label: t("own", { name }) })),
          ...(fallback ? [{ value: "default", label: t("default", { name: fallback.name }) }] : []),
          ...personalities.map(({ id, name }) => ({ value: id, label: t("shared", { name }) })),
        ]}
        onChange={choose}
      />
      {shown ? (
        <p dir="auto" className="line-clamp-3 text-13 [overflow-wrap:anywhere] text-ink-2">
          {shown.systemPrompt}
        </p>
      ) : null}
      <p className="text-13 text-ink-2">
        {t(shown ? "hint.shared" : "hint.own")}{" "}
        <Link to="/settings" search={{ tab: "personalities" }} className="text-accent underline">
          {t("manage")}
        </Link>
      </p>
    </section>
  );
}
