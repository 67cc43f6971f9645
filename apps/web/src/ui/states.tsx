import { CircleAlert, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../lib/i18n.ts";
import { isOffline } from "../lib/trpc.ts";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";
import { explainError } from "./explain-error.ts";
import { uiStrings } from "./strings.ts";

interface StateProps {
  icon?: ReactNode;
  title: string;
  /** The heading's rank: 1 when this is the whole page. */
  rank?: 1 | 2;
  /** What this is, or what happened and what was kept. */
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  className?: string;
}

/** Nothing here yet: what this place is for, and the one next step. */
export function EmptyState({ icon, title, rank = 2, children, action, className }: StateProps) {
  const Heading = rank === 1 ? "h1" : "h2";
  return (
    <div
      className={cx("mx-auto flex max-w-sm flex-col items-center gap-2 px-4 py-12 text-center", className)}
    >
      {icon ? <div className="mb-1 text-ink-3 [&_svg]:size-6">{icon}</div> : null}
      <Heading dir="auto" className="text-16 font-semibold text-ink-1">
        {title}
      </Heading>
      {children ? <div className="text-14 text-ink-2">{children}</div> : null}
      {action ? <div className="mt-2 flex gap-2">{action}</div> : null}
    </div>
  );
}

/** Something could not be loaded: why, in the server's words, and a way to try again. */
export function ErrorState({
  error,
  title,
  onRetry,
  action,
  className,
}: {
  error: unknown;
  title?: string;
  onRetry?: () => void;
  action?: ReactNode;
  className?: string;
}) {
  const t = useT(uiStrings);
  const offline = isOffline(error);
  return (
    <div role="alert">
      <EmptyState
        icon={offline ? <WifiOff aria-hidden /> : <CircleAlert aria-hidden />}
        title={title ?? t(offline ? "offline.title" : "failed.title")}
        action={action ?? (onRetry ? <Button onClick={onRetry}>{t("retry")}</Button> : undefined)}
        {...(className === undefined ? {} : { className })}
      >
        {explainError(error, t)}
      </EmptyState>
    </div>
  );
}

/** A grey shape of the size of what is coming; give it width and height. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className={cx("appear-late animate-pulse rounded-control bg-surface-2", className)} />
  );
}
