import { useT } from "../../../lib/i18n.ts";
import { CodeBox, CopyButton, Panel } from "../../../ui/index.ts";
import { widgetStrings } from "./strings.ts";

export function EmbedCode({ code }: { code: string }) {
  const t = useT(widgetStrings);
  return (
    <Panel
      title={t("embed.title")}
      description={t("embed.text")}
      action={<CopyButton text={code} label={t("embed.code")} />}
    >
      <CodeBox code={code} label={t("embed.code")} />
    </Panel>
  );
}
