import { FileText } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, cx, Skeleton } from "../../ui/index.ts";
import { templatesStrings } from "./strings.ts";
import { TemplateIcon } from "./template-icon.tsx";
import { useTemplates } from "./use-templates.ts";

/** What a new bot begins from: nothing, or one of the templates. */
export function StartingPoint({
  value,
  onChange,
}: {
  /** A template's id; null for a blank bot. */
  value: string | null;
  onChange: (id: string | null) => void;
}) {
  const t = useT(templatesStrings);
  const templates = useTemplates();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-13 font-medium">{t("start")}</legend>
      <div className="grid grid-cols-2 gap-1 md:grid-cols-1">
        <Choice
          checked={value === null}
          onChoose={() => onChange(null)}
          name={t("blank")}
          icon={
            <span className="flex size-6 shrink-0 items-center justify-center rounded-control bg-surface-3">
              <FileText className="size-4 text-ink-2" aria-hidden />
            </span>
          }
        />
        {templates.isPending ? <Skeleton className="h-10" /> : null}
        {templates.data?.items.map((template) => (
          <Choice
            key={template.id}
            checked={value === template.id}
            onChoose={() => onChange(template.id)}
            name={template.name}
            icon={<TemplateIcon template={template} className="size-6 self-center!" />}
          />
        ))}
      </div>
      {templates.isError ? (
        <p role="alert" className="mt-2 text-13 text-bad">
          {t("start.failed")}{" "}
          <Button size="sm" variant="ghost" onClick={() => void templates.refetch()}>
            {t("start.retry")}
          </Button>
        </p>
      ) : null}
    </fieldset>
  );
}

function Choice({
  checked,
  onChoose,
  name,
  icon,
}: {
  checked: boolean;
  onChoose: () => void;
  name: string;
  icon: ReactNode;
}) {
  const group = useId();
  return (
    <label
      htmlFor={group}
      className={cx(
        "relative flex min-h-10 cursor-pointer items-center gap-2.5 rounded-control border px-2 py-1.5 text-14",
        "has-focus-visible:outline-2 has-focus-visible:outline-accent",
        checked ? "border-accent bg-accent-soft" : "border-line hover:bg-surface-2",
      )}
    >
      <input
        id={group}
        type="radio"
        name="starting-point"
        checked={checked}
        onChange={onChoose}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {icon}
      <span className="min-w-0 leading-tight">{name}</span>
    </label>
  );
}
