import { Braces, FileUp, Globe, PenLine } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { Button, cx } from "../../../ui/index.ts";
import { acceptedExtensions } from "./accept-file.ts";
import { documentsTabStrings } from "./strings.ts";

/**
 * The one box that takes everything: files dropped anywhere on the tab or chosen, and text dropped, pasted or
 * written. What is below the box is given as children, so that it is part of the target.
 */
export function DropBox({
  onFiles,
  onText,
  onData,
  onWeb,
  children,
}: {
  onFiles: (files: File[]) => void;
  /** Text to look at before it is added; empty: to be written. */
  onText: (text: string) => void;
  /** Rows or records are to be pasted. */
  onData: () => void;
  /** A web page or site; empty: its address is to be written. */
  onWeb: (url: string) => void;
  children: ReactNode;
}) {
  const t = useT(documentsTabStrings);
  const picker = useRef<HTMLInputElement>(null);
  // Enter and leave come for every element inside; the count tells when the pointer has left them all.
  const [depth, setDepth] = useState(0);

  function take(data: DataTransfer): boolean {
    const files = [...data.files];
    const text = data.getData("text/plain");
    if (files.length > 0) onFiles(files);
    else if (/^https?:\/\/\S+$/.test(text.trim())) onWeb(text.trim());
    else if (text.trim() !== "") onText(text);
    else return false;
    return true;
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setDepth(0);
    take(event.dataTransfer);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the buttons inside do the same by keyboard.
    <div
      className="flex grow flex-col gap-4"
      onDragEnter={() => setDepth((now) => now + 1)}
      onDragLeave={() => setDepth((now) => Math.max(0, now - 1))}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
      onPaste={(event) => {
        if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
        if (take(event.clipboardData)) event.preventDefault();
      }}
    >
      <section
        aria-label={t("drop.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: focused, it takes a paste.
        tabIndex={0}
        className={cx(
          "flex flex-col items-center gap-1 rounded-panel border border-dashed px-4 py-5 text-center",
          depth > 0 ? "border-accent bg-accent-soft" : "border-line-strong bg-surface-1",
        )}
      >
        <p className="text-14 font-semibold">{t(depth > 0 ? "drop.now" : "drop.title")}</p>
        <p className="text-13 text-ink-2">{t("drop.formats")}</p>
        <div className="mt-2 flex flex-wrap justify-center gap-2">
          <Button
            variant="primary"
            icon={<FileUp className="size-4" aria-hidden />}
            onClick={() => picker.current?.click()}
          >
            {t("drop.choose")}
          </Button>
          <Button icon={<PenLine className="size-4" aria-hidden />} onClick={() => onText("")}>
            {t("drop.text")}
          </Button>
          <Button icon={<Braces className="size-4" aria-hidden />} onClick={onData}>
            {t("drop.data")}
          </Button>
          <Button icon={<Globe className="size-4" aria-hidden />} onClick={() => onWeb("")}>
            {t("drop.web")}
          </Button>
        </div>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept={acceptedExtensions}
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            target.value = ""; // The same file can be chosen again.
          }}
        />
      </section>
      {children}
    </div>
  );
}
