const labels: Readonly<Record<string, string>> = {
  "application/pdf": "PDF",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
  "text/plain": "TXT",
  "text/markdown": "Markdown",
  "text/html": "HTML",
  "application/xhtml+xml": "HTML",
  "text/csv": "CSV",
  "text/tab-separated-values": "TSV",
  "application/json": "JSON",
};

/** A media type as people call it; null when it is missing or unknown. */
export function mediaTypeLabel(mediaType: string | null): string | null {
  return labels[(mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""] ?? null;
}
