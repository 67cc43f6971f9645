import { useQuery } from "@tanstack/react-query";
import { PenLine, Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Badge, Button, cx, EmptyState, ErrorState, Skeleton } from "../../../ui/index.ts";
import { useUnsavedGuard } from "../use-unsaved-guard.tsx";
import { PromptEditor } from "./prompt-editor.tsx";
import { promptStrings } from "./strings.ts";
import { VoiceChoice } from "./voice-choice.tsx";

/** Named prompts, of which the bot follows one. */
export function PromptTab({ bot }: { bot: Bot }) {
  const t = useT(promptStrings);
  const prompts = useQuery(
    trpc.botPrompt.listByBotId.queryOptions({ botId: bot.id }, { placeholderData: undefined }),
  );
  /** A prompt's id, "new", or null: the one in use, else the first. */
  const [chosen, setChosen] = useState<string | null>(null);
  const [dirty, setDirty] = useState(false);
  const { guard, dialog } = useUnsavedGuard(dirty);

  if (prompts.isPending) {
    return (
      <div role="status" aria-label={t("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  if (prompts.isError) {
    return <ErrorState error={prompts.error} title={t("failed")} onRetry={() => void prompts.refetch()} />;
  }

  const list = prompts.data;
  const shown =
    chosen === "new"
      ? null
      : (list.find(({ id }) => id === chosen) ?? list.find(({ isActive }) => isActive) ?? list[0] ?? null);
  if (list.length === 0 && chosen !== "new") {
    return (
      <EmptyState
        icon={<PenLine aria-hidden />}
        title={t("empty.title")}
        action={
          <Button variant="primary" onClick={() => setChosen("new")}>
            {t("empty.action")}
          </Button>
        }
      >
        {t("empty.text")}
      </EmptyState>
    );
  }

  const choose = (id: string) => {
    if (id === shown?.id) return;
    guard(() => {
      setDirty(false);
      setChosen(id);
    });
  };
  return (
    <div className="flex grow flex-col gap-4">
      <VoiceChoice bot={bot} prompts={list} />
      <div className="flex grow flex-col gap-4 xl:flex-row xl:gap-6">
        <nav aria-label={t("list")} className="flex shrink-0 flex-wrap gap-1 xl:w-48 xl:flex-col">
          {list.map((prompt) => (
            <button
              key={prompt.id}
              type="button"
              aria-current={prompt.id === shown?.id ? "true" : undefined}
              onClick={() => choose(prompt.id)}
              className={cx(
                "flex min-h-8 max-w-full items-center justify-between gap-2 rounded-control px-2.5 py-1 text-start text-14 hover:bg-surface-2",
                prompt.id === shown?.id && "bg-surface-3",
              )}
            >
              <span dir="auto" className="min-w-0 truncate">
                {prompt.name}
              </span>
              {prompt.isActive ? <Badge tone="good">{t("active")}</Badge> : null}
            </button>
          ))}
          <Button
            variant="ghost"
            className={cx("justify-start!", shown === null && "bg-surface-3")}
            aria-current={shown === null ? "true" : undefined}
            icon={<Plus className="size-4" aria-hidden />}
            onClick={() => choose("new")}
          >
            {t("list.new")}
          </Button>
        </nav>
        <PromptEditor
          key={shown?.id ?? "new"}
          bot={bot}
          prompt={shown}
          onDirty={setDirty}
          onChosen={(id) => {
            setDirty(false);
            setChosen(id);
          }}
        />
      </div>
      {dialog}
    </div>
  );
}
