import { useFormat, useNow } from "../../lib/format.ts";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { Badge } from "../../ui/index.ts";
import { countdown, type Standing, spanInWords } from "./countdown.ts";
import { slasStrings } from "./strings.ts";

/** How long until a promise is broken, in words and a colour, with the exact moment on hover. It ticks by itself. */
export function SlaCountdown({ sla }: { sla: Standing }) {
  const t = useT(slasStrings);
  const language = useLanguage();
  const format = useFormat();
  const shown = countdown(sla, useNow());
  if (!shown) return null;
  const { tone, word, minutes } = shown;
  const time = spanInWords(minutes, language);
  const words = word === "left" || word === "over" ? t(word, { time }) : t(word);
  if (sla.dueAt === null) {
    return (
      <span title={word === "paused" ? t("paused.why") : undefined}>
        <Badge tone={tone}>{words}</Badge>
      </span>
    );
  }
  return (
    <time dateTime={sla.dueAt} title={t("due", { moment: format.exact(new Date(sla.dueAt)) })}>
      <Badge tone={tone}>{words}</Badge>
    </time>
  );
}
