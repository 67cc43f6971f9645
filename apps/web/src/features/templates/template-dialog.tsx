import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { Button, buttonClass, Dialog, ErrorState, Skeleton } from "../../ui/index.ts";
import { templatesStrings } from "./strings.ts";
import { TemplatePreview } from "./template-preview.tsx";
import { useTemplate } from "./use-templates.ts";

/** The preview of one template, and on to a bot from it. */
export default function TemplateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT(templatesStrings);
  const template = useTemplate(id);
  const found = template.data;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={found?.name ?? t("title")}
      description={found?.description}
      footer={
        <>
          <Button onClick={onClose}>{t("preview.close")}</Button>
          {found ? (
            <Link to="/bots" search={{ new: true, template: found.id }} className={buttonClass("primary")}>
              {t("use")}
            </Link>
          ) : null}
        </>
      }
    >
      {template.isError ? (
        <ErrorState error={template.error} onRetry={() => void template.refetch()} />
      ) : template.isPending ? (
        <Skeleton className="h-64" />
      ) : found ? (
        <TemplatePreview template={found} />
      ) : (
        <p className="text-14 text-ink-2">{t("missing")}</p>
      )}
    </Dialog>
  );
}
