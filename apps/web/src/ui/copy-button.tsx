import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useT } from "../lib/i18n.ts";
import { Button } from "./button.tsx";
import { uiStrings } from "./strings.ts";
import { toast } from "./toast.tsx";

/** Copies a text, and says so until it loses the focus. `label` names what is copied for screen readers. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useT(uiStrings);
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toast.failed(t("copy.failed"), t("copy.failed.text"));
    }
  }

  return (
    <Button
      size="sm"
      icon={copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      <span aria-live="polite">{t(copied ? "copied" : "copy")}</span>
      {label ? <span className="sr-only"> {label}</span> : null}
    </Button>
  );
}
