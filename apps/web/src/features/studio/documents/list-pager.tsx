import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { Button } from "../../../ui/index.ts";
import { documentsTabStrings } from "./strings.ts";

/** Which part of a long list is shown, and the way to the rest. Nothing for a list of one page. */
export function ListPager({
  page,
  pages,
  from,
  shown,
  total,
  onPage,
}: {
  page: number;
  pages: number;
  /** Items before the page. */
  from: number;
  shown: number;
  total: number;
  onPage: (page: number) => void;
}) {
  const t = useT(documentsTabStrings);
  const format = useFormat();
  if (pages <= 1) return null;
  const words = {
    from: format.number(from + 1),
    to: format.number(from + shown),
    total: format.number(total),
  };
  return (
    <div className="flex items-center justify-end gap-2">
      <p className="me-auto text-13 text-ink-2 tabular-nums" aria-live="polite">
        {t("page.of", words)}
      </p>
      <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t("page.previous")}
      </Button>
      <Button size="sm" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t("page.next")}
      </Button>
    </div>
  );
}
