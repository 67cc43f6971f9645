import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Badge, Button, ErrorState, TextField } from "../../../ui/index.ts";
import { intentStrings } from "./strings.ts";

/** A message to try the intents on: what it is taken for, and what else was near. */
export function TryMessage({ botId, isTaught }: { botId: string; isTaught: boolean }) {
  const t = useT(intentStrings);
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const told = useQuery(
    trpc.intents.classify.queryOptions({ botId, text: asked }, { enabled: asked !== "" && isTaught }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(text.trim());
  }
  return (
    <section className="flex flex-col gap-3 rounded-panel border border-line bg-surface-1 p-4">
      <form onSubmit={submit} className="flex items-end gap-2">
        <TextField
          className="grow"
          label={t("try")}
          placeholder={t("try.placeholder")}
          value={text}
          maxLength={1_000}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" disabled={!isTaught || text.trim() === ""}>
          {t("try.check")}
        </Button>
      </form>
      {told.isError ? <ErrorState error={told.error} onRetry={() => void told.refetch()} /> : null}
      <div role="status" className="empty:hidden">
        {told.data ? (
          <div className="flex flex-col gap-2">
            <p>
              <Badge tone={told.data.intent ? "good" : "neutral"}>
                <bdi>{told.data.intent?.name ?? t("try.none")}</bdi>
              </Badge>
            </p>
            <p className="text-12 text-ink-3">
              {t("try.others")}:{" "}
              {told.data.ranking.map(({ id, name, score }, at) => (
                <span key={id}>
                  {at > 0 ? " · " : ""}
                  <bdi>{name}</bdi> <bdi className="tabular-nums">{score.toFixed(2)}</bdi>
                </span>
              ))}
            </p>
          </div>
        ) : null}
      </div>
    </section>
  );
}
