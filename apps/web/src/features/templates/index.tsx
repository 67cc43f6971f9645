import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, Plus, SearchX } from "lucide-react";
import { lazy, Suspense } from "react";
import { useT } from "../../lib/i18n.ts";
import {
  Button,
  buttonClass,
  EmptyState,
  ErrorState,
  PageHeader,
  SearchField,
  Select,
  Skeleton,
} from "../../ui/index.ts";
import { templatesStrings } from "./strings.ts";
import { TemplateCard } from "./template-card.tsx";
import { templateCategories, useTemplates } from "./use-templates.ts";

const route = getRouteApi("/signed-in/templates");
const TemplateDialog = lazy(() => import("./template-dialog.tsx"));

/** The gallery: what a bot can begin from. Search, category and the open preview are in the URL. */
export function TemplatesPage() {
  const t = useT(templatesStrings);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const category = templateCategories.find((each) => each === search.category);
  const templates = useTemplates({
    ...(search.search === undefined ? {} : { search: search.search }),
    ...(category === undefined ? {} : { category }),
  });
  const items = templates.data?.items ?? [];
  const all = "all";
  return (
    <>
      <PageHeader
        title={t("title")}
        back={
          <Link to="/bots" aria-label={t("back")} className={buttonClass("ghost", "sm")}>
            <ArrowLeft className="flip-rtl size-4" aria-hidden />
          </Link>
        }
      >
        <Link to="/bots" search={{ new: true }} className={buttonClass("secondary")}>
          <Plus className="size-4" aria-hidden />
          {t("blank")}
        </Link>
      </PageHeader>
      <div className="mx-auto w-full max-w-5xl p-4 md:p-6">
        <p className="max-w-2xl text-14 text-ink-2">{t("text")}</p>
        <div className="mt-4 flex flex-wrap gap-3">
          <SearchField
            label={t("search")}
            search={search.search}
            onSearch={(wanted) =>
              void navigate({
                search: ({ search: _, ...now }) => (wanted === undefined ? now : { ...now, search: wanted }),
                replace: true,
              })
            }
            className="grow basis-full sm:max-w-sm sm:basis-56"
          />
          <Select
            label={t("category")}
            labelHidden
            className="grow basis-36 sm:max-w-48"
            value={category ?? all}
            options={[
              { value: all, label: t("category.all") },
              ...templateCategories.map((value) => ({ value, label: t(`category.${value}`) })),
            ]}
            onChange={(value) =>
              void navigate({
                search: ({ category: _, ...now }) => (value === all ? now : { ...now, category: value }),
                replace: true,
              })
            }
          />
        </div>
        {templates.isError ? (
          <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
        ) : templates.isPending ? (
          <div className="mt-4 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {templateCategories.map((each) => (
              <Skeleton key={each} className="h-32" />
            ))}
          </div>
        ) : items.length === 0 ? (
          <EmptyState
            icon={<SearchX aria-hidden />}
            title={t("none.title")}
            action={<Button onClick={() => void navigate({ search: {} })}>{t("none.action")}</Button>}
          >
            {t("none.text")}
          </EmptyState>
        ) : (
          <ul className="mt-4 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {items.map((template) => (
              <TemplateCard key={template.id} template={template} />
            ))}
          </ul>
        )}
      </div>
      <Suspense>
        {search.preview ? (
          <TemplateDialog
            id={search.preview}
            onClose={() => void navigate({ search: ({ preview: _, ...now }) => now })}
          />
        ) : null}
      </Suspense>
    </>
  );
}
