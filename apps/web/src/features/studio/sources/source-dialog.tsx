import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BotSource } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, Select, TextArea, TextField, uiStrings } from "../../../ui/index.ts";
import { sourcesStrings } from "./strings.ts";
import { putSource } from "./use-sources.ts";

const kinds = ["site", "page"] as const;
const schedules = ["never", "hourly", "daily", "weekly", "monthly"] as const;

/** Adds a web page or site, or changes one. What was typed stays when saving fails. */
export default function SourceDialog({
  botId,
  source,
  initialUrl = "",
  onClose,
}: {
  botId: string;
  /** The one to change; without it, one is added. */
  source?: BotSource;
  initialUrl?: string;
  onClose: () => void;
}) {
  const t = useT(sourcesStrings);
  const kit = useT(uiStrings);
  const [url, setUrl] = useState(source?.url ?? initialUrl);
  const [kind, setKind] = useState<BotSource["kind"]>(source?.kind ?? "site");
  const [schedule, setSchedule] = useState<BotSource["schedule"]>(source?.schedule ?? "weekly");
  const [limit, setLimit] = useState(String(source?.maxPages ?? 200));
  const [include, setInclude] = useState(source?.includePaths.join("\n") ?? "");
  const [exclude, setExclude] = useState(source?.excludePaths.join("\n") ?? "");
  const [tried, setTried] = useState(false);
  const saved = {
    onSuccess: (next: BotSource) => {
      putSource(botId, next);
      onClose();
    },
  };
  const add = useMutation(trpc.botSource.add.mutationOptions(saved));
  const update = useMutation(trpc.botSource.update.mutationOptions(saved));
  const saving = source ? update : add;

  const isSite = kind === "site";
  const maxPages = Number(limit);
  const urlError = url.trim() === "" ? t("field.url.missing") : null;
  const limitError =
    isSite && !(Number.isInteger(maxPages) && maxPages >= 1 && maxPages <= 2000)
      ? t("field.limit.bad")
      : null;
  const includePaths = linesOf(include);
  const excludePaths = linesOf(exclude);
  const pathsError = (paths: string[]) => (paths.every(isPath) ? null : t("field.paths.bad"));
  const isGood = !urlError && !limitError && [...includePaths, ...excludePaths].every(isPath);

  function submit() {
    setTried(true);
    if (!isGood) return;
    const settings = {
      botId,
      url: url.trim(),
      schedule,
      ...(isSite ? { maxPages, includePaths, excludePaths } : {}),
    };
    if (source) update.mutate({ ...settings, sourceId: source.id });
    else add.mutate({ ...settings, kind });
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t(source ? "dialog.change" : "dialog.add")}
      description={source ? undefined : t("dialog.add.text")}
      submitLabel={t(source ? "dialog.save.change" : "dialog.save.add")}
      pending={saving.isPending}
      failure={saving.isError ? explainError(saving.error, kit) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("field.url")}
        hint={t(isSite ? "field.url.hint.site" : "field.url.hint.page")}
        type="url"
        inputMode="url"
        dir="ltr"
        maxLength={2000}
        value={url}
        error={tried ? urlError : null}
        onChange={({ target }) => setUrl(target.value)}
      />
      {source ? null : (
        <Select
          label={t("field.kind")}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={setKind}
        />
      )}
      <Select
        label={t("field.schedule")}
        value={schedule}
        options={schedules.map((value) => ({ value, label: t(`schedule.${value}`) }))}
        onChange={setSchedule}
      />
      {isSite ? (
        <>
          <TextField
            label={t("field.limit")}
            hint={t("field.limit.hint")}
            inputMode="numeric"
            value={limit}
            error={tried ? limitError : null}
            onChange={({ target }) => setLimit(target.value)}
          />
          <details open={include !== "" || exclude !== "" || undefined}>
            <summary className="cursor-pointer text-14 font-medium">{t("field.more")}</summary>
            <div className="mt-3 flex flex-col gap-4">
              <TextArea
                label={t("field.include")}
                hint={t("field.include.hint")}
                dir="ltr"
                rows={2}
                value={include}
                error={tried ? pathsError(includePaths) : null}
                onChange={({ target }) => setInclude(target.value)}
              />
              <TextArea
                label={t("field.exclude")}
                hint={t("field.exclude.hint")}
                dir="ltr"
                rows={2}
                value={exclude}
                error={tried ? pathsError(excludePaths) : null}
                onChange={({ target }) => setExclude(target.value)}
              />
            </div>
          </details>
        </>
      ) : null}
    </FormDialog>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function isPath(line: string): boolean {
  return /^\/\S{0,499}$/.test(line);
}
