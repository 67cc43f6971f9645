import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { CircleAlert, FileQuestion } from "lucide-react";
import { useT } from "../lib/i18n.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states.tsx";
import { shellStrings } from "./strings.ts";

/** 404: no such page. */
export function NotFoundPage() {
  const t = useT(shellStrings);
  return (
    <main className="grid min-h-full place-items-center">
      <title>{`${t("missing.title")} · Parlance`}</title>
      <EmptyState
        icon={<FileQuestion aria-hidden />}
        rank={1}
        title={t("missing.title")}
        action={
          <Link to="/bots" className={buttonClass("primary")}>
            {t("missing.action")}
          </Link>
        }
      >
        {t("missing.text")}
      </EmptyState>
    </main>
  );
}

/** A screen threw: a fault of ours, or a chunk that no longer exists after an update. Loading again mends the latter. */
export function FailedPage({ error }: ErrorComponentProps) {
  const t = useT(shellStrings);
  return (
    <main role="alert" className="grid min-h-full place-items-center">
      <EmptyState
        icon={<CircleAlert aria-hidden />}
        rank={1}
        title={t("failed.title")}
        action={
          <Button variant="primary" onClick={() => window.location.reload()}>
            {t("failed.action")}
          </Button>
        }
      >
        {t("failed.text", { reason: error instanceof Error ? error.message : String(error) })}
      </EmptyState>
    </main>
  );
}
