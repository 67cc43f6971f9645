import { useNavigate } from "@tanstack/react-router";
import { Check, ChevronsUpDown } from "lucide-react";
import { useT } from "../../lib/i18n.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { botSorts, botStatuses, type listChoices } from "./list-choices.ts";
import { botsStrings } from "./strings.ts";

const all = "all";

/** Which bots are listed, and in which order; both are in the URL. Menus, whose lists come when they are opened. */
export function BotFilters({ status, sort = "createdAt" }: ReturnType<typeof listChoices>) {
  const t = useT(botsStrings);
  const navigate = useNavigate({ from: "/bots" });
  return (
    <>
      <Choice
        label={t("filter.status")}
        value={status ?? all}
        options={[
          { value: all, label: t("filter.all") },
          ...botStatuses.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
        onChange={(value) =>
          void navigate({
            search: ({ status: _, page: _page, ...now }) => (value === all ? now : { ...now, status: value }),
            replace: true,
          })
        }
      />
      <Choice
        label={t("sort.label")}
        value={sort}
        options={botSorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
        onChange={(value) =>
          void navigate({
            search: ({ sort: _, page: _page, ...now }) =>
              value === "createdAt" ? now : { ...now, sort: value },
            replace: true,
          })
        }
      />
    </>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Menu
      trigger={
        <button type="button" className={buttonClass()}>
          <span className="sr-only">{label}: </span>
          {chosen?.label}
          <ChevronsUpDown className="size-4 text-ink-3" aria-hidden />
        </button>
      }
      items={options.map((option) => ({
        label: option.label,
        icon: <Check className={option === chosen ? "size-4 text-accent" : "invisible size-4"} aria-hidden />,
        onSelect: () => onChange(option.value),
      }))}
    />
  );
}
