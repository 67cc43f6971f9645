import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Personality } from "../../../lib/models.ts";
import { Badge, Button } from "../../../ui/index.ts";
import { settingsStrings } from "../strings.ts";
import { personalityStrings } from "./strings.ts";

export interface PersonalityActs {
  onEdit: () => void;
  onMakeDefault: () => void;
  /** Null: it cannot go now. */
  onDelete: (() => void) | null;
}

/** One personality: how it speaks, which model it would have, who uses it; with `acts` the ways to change it. */
export function PersonalityRow({
  personality,
  acts,
}: {
  personality: Personality;
  acts: PersonalityActs | null;
}) {
  const t = useT(personalityStrings);
  const provider = useT(settingsStrings);
  const format = useFormat();
  const { name, systemPrompt, temperature, modelPreferences, isDefault, version, botCount } = personality;
  const preferred = modelPreferences?.provider;
  const facts = [
    temperature === null ? null : t("temperature", { value: format.number(temperature) }),
    preferred ? provider(`provider.${preferred}`) : null,
    modelPreferences?.model ?? null,
    botCount === 0 ? t("bots.none") : t("bots", { count: botCount }),
    t("version", { version: format.number(version) }),
  ].filter((fact) => fact !== null);
  return (
    <li className="flex flex-col gap-2 px-3 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 dir="auto" className="text-match min-w-0 text-14 font-medium [overflow-wrap:anywhere]">
          {name}
        </h3>
        {isDefault ? <Badge tone="good">{t("default")}</Badge> : null}
      </div>
      <p dir="auto" className="line-clamp-2 max-w-prose text-13 [overflow-wrap:anywhere] text-ink-2">
        {systemPrompt}
      </p>
      <p className="flex flex-wrap gap-x-3 text-13 text-ink-3">
        {facts.map((fact) => (
          <bdi key={fact}>{fact}</bdi>
        ))}
      </p>
      {acts ? (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={acts.onEdit} aria-label={`${t("edit")}: ${name}`}>
            {t("edit")}
          </Button>
          {isDefault ? null : (
            <Button size="sm" onClick={acts.onMakeDefault} aria-label={`${t("makeDefault")}: ${name}`}>
              {t("makeDefault")}
            </Button>
          )}
          {acts.onDelete ? (
            <Button size="sm" variant="danger" onClick={acts.onDelete} aria-label={`${t("delete")}: ${name}`}>
              {t("delete")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
