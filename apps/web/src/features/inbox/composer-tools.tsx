import { Paperclip, Slash } from "lucide-react";
import { lazy, Suspense, useRef } from "react";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { IconButton } from "../../ui/index.ts";
import { writingStrings } from "./writing.strings.ts";

const TranslateDraft = lazy(() =>
  import("../assist/index.ts").then((file) => ({ default: file.TranslateDraft })),
);

interface ComposerToolsProps {
  text: string;
  /** The customer's; null where it is not known, or nothing goes to them. */
  language: string | null;
  onFiles: (files: readonly File[]) => void;
  onCanned: () => void;
  onTranslated: (text: string) => void;
}

/** What helps in writing: files, canned replies, the customer's language where it is another than one's own. */
export function ComposerTools({ text, language, onFiles, onCanned, onTranslated }: ComposerToolsProps) {
  const t = useT(writingStrings);
  const own = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="flex items-center gap-1">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = ""; // the same file may be chosen again
        }}
      />
      <IconButton
        size="sm"
        label={t("attach")}
        icon={<Paperclip className="size-4" aria-hidden />}
        onClick={() => input.current?.click()}
      />
      <IconButton
        size="sm"
        label={t("canned.insert")}
        icon={<Slash className="size-4" aria-hidden />}
        onClick={onCanned}
      />
      <Suspense>
        {language !== null && language !== own ? (
          <TranslateDraft text={text} to={language} onTranslated={onTranslated} />
        ) : null}
      </Suspense>
    </div>
  );
}
