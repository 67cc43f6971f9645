import type { ReactNode } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Template } from "../../lib/models.ts";
import { templatesStrings } from "./strings.ts";

/** What a bot gets from a template, in full, before it is made. */
export function TemplatePreview({ template }: { template: Template }) {
  const t = useT(templatesStrings);
  const { chunkSize, overlap, topK } = template.defaultRagConfig;
  return (
    <div className="flex flex-col gap-5">
      <Part title={t("questions")} text={t("questions.text")}>
        <List items={template.sampleQueries} />
      </Part>
      <Part title={t("prompt")} text={t("prompt.text")}>
        <section
          aria-label={t("prompt")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
          tabIndex={0}
          className="max-h-72 overflow-auto rounded-control border border-line bg-surface-0 p-3"
        >
          <p dir="auto" className="text-13 leading-relaxed whitespace-pre-wrap">
            {template.sampleSystemPrompt}
          </p>
        </section>
      </Part>
      <Part title={t("sources")} text={t("sources.text")}>
        <List items={template.suggestedSources} />
      </Part>
      <Part title={t("greeting")}>
        <p className="text-13">{template.widgetDefaults.greeting}</p>
      </Part>
      <Part title={t("settings")}>
        <p className="text-13">{t("settings.values", { chunkSize, overlap, topK })}</p>
      </Part>
    </div>
  );
}

function Part({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="text-14 font-semibold">{title}</h3>
      {text ? <p className="text-13 text-ink-2">{text}</p> : null}
      <div className="mt-1.5">{children}</div>
    </section>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className="list-disc ps-5 text-13 leading-relaxed">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
