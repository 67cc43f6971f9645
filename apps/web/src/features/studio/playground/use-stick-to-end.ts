import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** Keeps the end of a scrolling list in view while it grows, unless the reader has scrolled up to read. */
export function useStickToEnd(): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  const sticks = useRef(true);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onScroll = () => {
      sticks.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, []);

  // After each render, since any of them may have made it grow.
  useLayoutEffect(() => {
    const element = box.current;
    if (element && sticks.current) element.scrollTop = element.scrollHeight;
  });

  return box;
}
