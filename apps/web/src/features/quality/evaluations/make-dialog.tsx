import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, explainError, Select, TextField, uiStrings } from "../../../ui/index.ts";
import { makeStrings } from "./make.strings.ts";

const origins = ["document", "other_domain", "feedback", "reviews", "conversations", "csv"] as const;

interface Outcome {
  added: number;
  duplicates: number;
  overLimit: number;
  errors?: { line: number; message: string }[];
}

/** Adds many cases at once from what the bot has, or from a table; tells what was added and what not. */
export function MakeDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const t = useT(makeStrings);
  const ui = useT(uiStrings);
  const queryClient = useQueryClient();
  const [from, setFrom] = useState<(typeof origins)[number]>("document");
  const documents = useQuery(trpc.botDocument.listByBotId.queryOptions({ botId: bot.id }));
  const ready = (documents.data ?? []).filter(({ status }) => status === "PROCESSED");
  const [chosen, setChosen] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const onSuccess = () => queryClient.invalidateQueries(trpc.evaluations.cases.pathFilter());
  const make = useMutation(trpc.evaluations.cases.make.mutationOptions({ onSuccess }));
  const read = useMutation(trpc.evaluations.cases.import.mutationOptions({ onSuccess }));
  const documentId = chosen || ready[0]?.id;
  const outcome: Outcome | undefined = from === "csv" ? read.data : make.data;
  const failure = from === "csv" ? read.error : make.error;

  async function add() {
    setTried(true);
    if (from === "csv") {
      if (file) read.mutate({ botId: bot.id, csv: await file.text() });
      return;
    }
    make.mutate({ botId: bot.id, from, ...(from === "document" && documentId ? { documentId } : {}) });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("make.title")}
      footer={
        <>
          <Button onClick={onClose}>{ui("close")}</Button>
          <Button
            variant="primary"
            pending={make.isPending || read.isPending}
            disabled={from === "document" && !documentId}
            onClick={() => void add()}
          >
            {t("make.action")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Select
          label={t("make.from")}
          hint={t(`make.hint.${from}`)}
          value={from}
          options={origins.map((value) => ({ value, label: t(`make.${value}`) }))}
          onChange={(value) => {
            setFrom(value);
            make.reset();
            read.reset();
          }}
        />
        {from === "document" && documentId ? (
          <Select
            label={t("make.which")}
            value={documentId}
            options={ready.map(({ id, fileName }) => ({ value: id, label: fileName }))}
            onChange={setChosen}
          />
        ) : null}
        {from === "csv" ? (
          <TextField
            label={t("make.file")}
            type="file"
            accept=".csv,text/csv"
            error={tried && !file ? t("make.file.missing") : null}
            onChange={({ target }) => setFile(target.files?.[0] ?? null)}
          />
        ) : null}
        <div aria-live="polite" className="text-13">
          {failure ? <p className="text-bad">{explainError(failure, ui)}</p> : null}
          {outcome ? (
            <>
              <p className="font-medium">{t("make.done", { count: outcome.added })}</p>
              {outcome.duplicates > 0 ? <p>{t("make.duplicates", { count: outcome.duplicates })}</p> : null}
              {outcome.overLimit > 0 ? <p>{t("make.overLimit", { count: outcome.overLimit })}</p> : null}
              <ul className="mt-1 text-bad">
                {(outcome.errors ?? []).map(({ line, message }) => (
                  <li key={`${line} ${message}`}>
                    {t("make.line", { line })} <bdi>{message}</bdi>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </div>
      </div>
    </Dialog>
  );
}
