import { useMemo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import type { Citation } from "../../lib/models.ts";
import { CitationMark } from "./citation-mark.tsx";
import { remarkCitations } from "./citation-marks.ts";

export interface AnswerTextProps {
  text: string;
  citations: readonly Citation[];
  onOpenCitation?: ((citation: Citation) => void) | undefined;
}

/**
 * An answer's Markdown with its citation marks. Raw HTML is dropped, images are never loaded (their
 * text stands in), and links open without access to this page.
 */
export function AnswerText({ text, citations, onOpenCitation }: AnswerTextProps) {
  const plugins = useMemo(() => {
    const known = new Set(citations.map((citation) => citation.number));
    return [remarkGfm, remarkCitations(known)];
  }, [citations]);

  const components = useMemo<Components>(
    () => ({
      a: ({ href, children }) =>
        href ? (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline">
            {children}
          </a>
        ) : (
          <span>{children}</span>
        ),
      img: ({ alt }) => <span className="text-ink-3">{alt}</span>,
      sup: ({ node, children }) => {
        const number = Number(node?.properties.dataCitation);
        const citation = citations.find((each) => each.number === number);
        return citation ? (
          <CitationMark citation={citation} onOpen={onOpenCitation} />
        ) : (
          <sup>{children}</sup>
        );
      },
      table: ({ children }) => (
        <div className="overflow-x-auto">
          <table>{children}</table>
        </div>
      ),
    }),
    [citations, onOpenCitation],
  );

  return (
    <div dir="auto" className="prose-answer text-15">
      <Markdown skipHtml urlTransform={otherSite} remarkPlugins={plugins} components={components}>
        {text}
      </Markdown>
    </div>
  );
}

/** The address when it leads to another site or to a mail; nothing when it would open this console, or run. */
function otherSite(address: string): string {
  if (!URL.canParse(address)) return "";
  return ["http:", "https:", "mailto:"].includes(new URL(address).protocol) ? address : "";
}
