import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { Button, Panel, toast } from "../../../ui/index.ts";
import { studioStrings } from "../strings.ts";
import { widgetStrings } from "./strings.ts";

export function EmbedCode({ code }: { code: string }) {
  const t = useT(widgetStrings);
  const common = useT(studioStrings);
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
    } catch {
      toast.failed(common("copy.failed"), common("copy.failed.text"));
    }
  }

  return (
    <Panel
      title={t("embed.title")}
      description={t("embed.text")}
      action={
        <Button
          size="sm"
          icon={copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
          onClick={() => void copy()}
          onBlur={() => setCopied(false)}
        >
          <span aria-live="polite">{common(copied ? "copied" : "copy")}</span>
        </Button>
      }
    >
      <section
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
        tabIndex={0}
        aria-label={t("embed.code")}
        className="overflow-x-auto rounded-control bg-surface-2 p-3 font-mono text-12 whitespace-pre"
      >
        <code>{code}</code>
      </section>
    </Panel>
  );
}
