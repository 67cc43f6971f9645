import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useMemo } from "react";
import { useT } from "../../lib/i18n.ts";
import { buttonClass, PageHeader } from "../../ui/index.ts";
import { DocumentReader } from "./document-reader.tsx";
import { documentStrings } from "./strings.ts";

const route = getRouteApi("/signed-in/documents/$documentId");

/** One document at an address that can be sent: `/documents/{id}?version=&start=&end=`. */
export function DocumentPage() {
  const t = useT(documentStrings);
  const { documentId } = route.useParams();
  const { version, start, end } = route.useSearch();
  const spans = useMemo(
    () => (start !== undefined && end !== undefined ? [{ start, end }] : []),
    [start, end],
  );
  return (
    <DocumentReader
      {...{ documentId, version, spans }}
      header={(name) => (
        <PageHeader
          title={name ?? t("document")}
          back={
            <Link to="/bots" aria-label={t("back")} className={buttonClass("ghost", "sm")}>
              <ArrowLeft className="flip-rtl size-4" aria-hidden />
            </Link>
          }
        />
      )}
    />
  );
}
