import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Fragment, Suspense } from "react";
import { useT } from "../../lib/i18n.ts";
import { useSession } from "../../lib/session.ts";
import { PageHeader, Select, Skeleton } from "../../ui/index.ts";
import { placesFor, type SettingsPlace } from "./places.ts";
import { settingsStrings } from "./strings.ts";

/** The settings: their places by groups at the side, or in a list to choose from where there is no room for it. */
export function SettingsPage() {
  const t = useT(settingsStrings);
  const places = placesFor(useSession());
  const search = useSearch({ from: "/signed-in/settings" });
  const current = places.find((place) => place.name === search.tab) ?? places[0];
  if (!current) return null;
  const { name, panel: Panel } = current;
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="mx-auto flex w-full max-w-5xl grow flex-col gap-4 p-4 md:flex-row md:gap-8 md:p-6">
        <PlaceList places={places} current={name} />
        <PlaceSelect places={places} current={name} />
        <section aria-label={t(`tab.${name}`)} className="flex min-w-0 grow flex-col gap-4">
          <Suspense key={name} fallback={<Skeleton className="h-40" />}>
            <Panel />
          </Suspense>
        </section>
      </div>
    </>
  );
}

interface PlacesProps {
  places: SettingsPlace[];
  current: SettingsPlace["name"];
}

function PlaceList({ places, current }: PlacesProps) {
  const t = useT(settingsStrings);
  return (
    <nav
      aria-label={t("title")}
      className="sticky top-6 hidden w-48 shrink-0 flex-col gap-0.5 self-start md:flex"
    >
      {places.map(({ group, name }, index) => (
        <Fragment key={name}>
          {group === places[index - 1]?.group ? null : (
            <h2 className="px-2 pb-1 text-12 font-medium text-ink-3 not-first:pt-4">{t(`group.${group}`)}</h2>
          )}
          <Link
            to="/settings"
            search={{ tab: name }}
            aria-current={name === current ? "page" : undefined}
            className="rounded-md px-2 py-1 text-14 text-ink-2 hover:bg-surface-2 hover:text-ink-1 aria-[current=page]:bg-surface-3 aria-[current=page]:font-medium aria-[current=page]:text-ink-1"
          >
            {t(`tab.${name}`)}
          </Link>
        </Fragment>
      ))}
    </nav>
  );
}

function PlaceSelect({ places, current }: PlacesProps) {
  const t = useT(settingsStrings);
  const navigate = useNavigate({ from: "/settings" });
  return (
    <Select
      label={t("place")}
      value={current}
      options={places.map(({ name }) => ({ value: name, label: t(`tab.${name}`) }))}
      onChange={(tab) => void navigate({ search: { tab } })}
      className="md:hidden"
    />
  );
}
