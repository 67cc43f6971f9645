import type { Template } from "../../lib/models.ts";
import { cx } from "../../ui/cx.ts";

/** The template's picture; its name always stands beside it. */
export function TemplateIcon({ template, className }: { template: Template; className?: string }) {
  return (
    <img
      src={template.iconUrl}
      alt=""
      width={40}
      height={40}
      className={cx("shrink-0 self-start", className)}
    />
  );
}
