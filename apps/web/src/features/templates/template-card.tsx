import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import type { Template } from "../../lib/models.ts";
import { templatesStrings } from "./strings.ts";
import { TemplateIcon } from "./template-icon.tsx";

/** One template in the gallery: the whole card opens its preview. */
export function TemplateCard({ template }: { template: Template }) {
  const t = useT(templatesStrings);
  return (
    <li className="relative flex gap-3 rounded-panel border border-line bg-surface-1 p-4 focus-within:border-line-strong hover:border-line-strong">
      <TemplateIcon template={template} />
      <div className="min-w-0">
        <h2 className="text-14 font-semibold">
          <Link
            from="/templates"
            to="/templates"
            search={(now) => ({ ...now, preview: template.id })}
            className="after:absolute after:inset-0 after:rounded-panel"
          >
            {template.name}
          </Link>
        </h2>
        <p className="mt-1 text-13 text-ink-2">{template.description}</p>
        <p className="mt-2 text-12 text-ink-3">{t(`category.${template.category}`)}</p>
      </div>
    </li>
  );
}
