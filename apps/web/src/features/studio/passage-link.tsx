import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { documentLink, type Passage, usePassageNavigation } from "./use-passage.ts";

/** A real link to the document page that a plain click opens beside the playground instead. */
export function PassageLink({
  passage,
  className,
  label,
  children,
}: {
  passage: Passage;
  className?: string;
  label?: string;
  children: ReactNode;
}) {
  const { open } = usePassageNavigation();
  return (
    <Link
      to="/documents/$documentId"
      {...documentLink(passage)}
      preload={false}
      className={className}
      aria-label={label}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        open(passage);
      }}
    >
      {children}
    </Link>
  );
}
