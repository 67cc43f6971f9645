import { useT } from "../../../lib/i18n.ts";
import { CodeBox, CopyButton, Panel } from "../../../ui/index.ts";
import { keyStrings } from "./strings.ts";

/** How a program uses a key: one call that works as it stands, and where all others are described. */
export function UseApi() {
  const t = useT(keyStrings);
  const code = `curl ${location.origin}/v1/teams \\
  -H "Authorization: Bearer $PARLANCE_API_KEY"`;
  return (
    <Panel title={t("use.title")} description={<p className="max-w-prose">{t("use.text")}</p>}>
      <div className="flex flex-col items-start gap-3 [&>section]:w-full">
        <CodeBox code={code} label={t("use.label")} />
        <CopyButton text={code} label={t("use.label")} />
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-14">
          {(["/v1/docs/", "/api/docs/", "/docs/"] as const).map((path) => (
            <li key={path}>
              <a href={path} target="_blank" rel="noreferrer" className="text-accent hover:underline">
                {t(`use.${path}`)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
