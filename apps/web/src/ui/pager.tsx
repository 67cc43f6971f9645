import { useFormat } from "../lib/format.ts";
import { useT } from "../lib/i18n.ts";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { uiStrings } from "./strings.ts";

interface PagerProps {
  page: number;
  pages: number;
  onPage: (page: number) => void;
  className?: string;
}

/** The way through a long list; nothing when one page holds all. */
export function Pager({ page, pages, onPage, className }: PagerProps) {
  const t = useT(uiStrings);
  const format = useFormat();
  if (pages <= 1) return null;
  return (
    <nav aria-label={t("page.label")} className={cx("flex items-center justify-between gap-2", className)}>
      <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t("page.previous")}
      </Button>
      <span className="text-13 text-ink-2 tabular-nums" aria-live="polite">
        {t("page.of", { page: format.number(page), pages: format.number(pages) })}
      </span>
      <Button size="sm" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t("page.next")}
      </Button>
    </nav>
  );
}
