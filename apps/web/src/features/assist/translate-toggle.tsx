import { useMutation } from "@tanstack/react-query";
import { Languages } from "lucide-react";
import { useState } from "react";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, explainError, toast, uiStrings } from "../../ui/index.ts";
import { assistStrings } from "./strings.ts";

/** Shows what somebody wrote in the reader's own language below it; where nothing can translate, why. */
export function TranslateToggle({ text }: { text: string }) {
  const t = useT(assistStrings);
  const kit = useT(uiStrings);
  const to = useLanguage();
  const [isShown, setShown] = useState(false);
  const translation = useMutation(trpc.assist.translate.mutationOptions());
  const { data, isError, error, isPending } = translation;
  return (
    <div className="flex flex-col items-start gap-1">
      <Button
        size="sm"
        variant="ghost"
        pending={isPending}
        aria-expanded={isShown}
        icon={<Languages className="size-4" aria-hidden />}
        onClick={() => {
          if (!isShown && data?.text == null) translation.mutate({ text: text.slice(0, 8_000), to });
          setShown(!isShown);
        }}
      >
        {t(isShown ? "translate.original" : "translate")}
      </Button>
      {isShown && !isPending ? (
        <div role="status" className="text-start text-13 text-ink-2">
          {isError ? explainError(error, kit) : null}
          {data?.from ? (
            <p className="text-12 text-ink-3">{t("translate.from", { language: nameOf(data.from, to) })}</p>
          ) : null}
          {data?.text == null ? null : (
            <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-line">
              {data.text}
            </p>
          )}
          {data?.notice ? <p>{data.notice}</p> : null}
        </div>
      ) : null}
    </div>
  );
}

interface DraftProps {
  text: string;
  /** The customer's, ISO 639-1. */
  to: string;
  onTranslated: (text: string) => void;
}

/** Puts what the agent wrote into the customer's language, before it is sent. */
export function TranslateDraft({ text, to, onTranslated }: DraftProps) {
  const t = useT(assistStrings);
  const kit = useT(uiStrings);
  const own = useLanguage();
  const translation = useMutation(
    trpc.assist.translate.mutationOptions({
      onSuccess: (said) => {
        if (said.text !== null) onTranslated(said.text);
        else toast.failed(t("translate.failed"), said.notice ?? "");
      },
      onError: (error) => toast.failed(t("translate.failed"), explainError(error, kit)),
    }),
  );
  return (
    <Button
      size="sm"
      variant="ghost"
      disabled={text.trim() === ""}
      pending={translation.isPending}
      icon={<Languages className="size-4" aria-hidden />}
      onClick={() => translation.mutate({ text: text.slice(0, 8_000), to })}
    >
      {t("translate.draft", { language: nameOf(to, own) })}
    </Button>
  );
}

function nameOf(code: string, own: string): string {
  return new Intl.DisplayNames([own], { type: "language" }).of(code) ?? code;
}
