import { createElement, type FunctionComponent } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { z } from "zod";
import { InertMarkdown } from "../../../apps/server/src/modules/openai-api/inert-markdown.ts";

/** The ways in which an answer's words become HTML, by the code that ships. */
export interface Faces {
  /** The console's answers. */
  console(text: string): string;
  /** The widget's and the public page's. */
  widget(text: string): string;
  /** A client of the API that shows Markdown with links and images, as OpenAI's clients do. */
  api(text: string): string;
}

const isFunction = (value: unknown) => typeof value === "function";
const consoleModule = z.object({
  AnswerText: z.custom<FunctionComponent<{ text: string; citations: [] }>>(isFunction),
});
const widgetModule = z.object({
  Markdown: z.custom<(props: { text: string; cite: () => undefined }) => unknown>(isFunction),
});

/** Loaded by their paths: their sources are compiled with other settings than a test's. */
export async function loadFaces(): Promise<Faces> {
  const apps = "../../../apps";
  const { AnswerText } = consoleModule.parse(
    await import(/* @vite-ignore */ `${apps}/web/src/features/messages/answer-text.tsx`),
  );
  const widget = widgetModule.parse(await import(/* @vite-ignore */ `${apps}/widget/src/markdown.tsx`));
  return {
    console: (text) => renderToStaticMarkup(createElement(AnswerText, { text, citations: [] })),
    widget: (text) => toHtml(widget.Markdown({ text, cite: () => undefined })),
    api(text) {
      const stream = new InertMarkdown();
      return carelessly(stream.push(text) + stream.end());
    },
  };
}

/** Markdown as a client shows it that trusts its model: links, images, and tags as they are. */
export function carelessly(text: string): string {
  const shown = renderToStaticMarkup(
    createElement(Markdown, { remarkPlugins: [remarkGfm], urlTransform: (url) => url }, text),
  );
  const tags = text.replace(/^```[\s\S]*?(?:^```|$(?![\s\S]))/gm, "").match(/<(?:[a-z!/?][^>]*>?)/gi) ?? [];
  // a link is clicked by a person; here it only must not act by itself
  return shown.replaceAll(/ href="https?:[^"]*"/g, "") + tags.join("");
}

const node = z.object({ type: z.unknown(), props: z.record(z.string(), z.unknown()) });

/** Preact's nodes as a browser would get them. */
function toHtml(value: unknown): string {
  if (value === null || value === undefined || typeof value === "boolean") return "";
  if (Array.isArray(value)) return value.map(toHtml).join("");
  const parsed = typeof value === "object" ? node.safeParse(value) : null;
  if (!parsed?.success) return escaped(String(value));
  const { type, props } = parsed.data;
  const { children, ...attributes } = props;
  if (typeof type !== "string") return toHtml(children);
  const written = Object.entries(attributes).map(([name, each]) => ` ${name}="${escaped(String(each))}"`);
  return `<${type}${written.join("")}>${toHtml(children)}</${type}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
