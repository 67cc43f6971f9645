import { BadgeCheck } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { EmptyState } from "../../../ui/index.ts";
import { overviewStrings } from "./strings.ts";

/** Figures on how good the answers were. */
export default function OverviewTab() {
  const t = useT(overviewStrings);
  return (
    <EmptyState icon={<BadgeCheck aria-hidden />} title={t("empty.title")}>
      {t("empty.text")}
    </EmptyState>
  );
}
