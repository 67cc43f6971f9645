import { useNavigate } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { Select } from "../../ui/select.tsx";
import { botSorts, botStatuses, type listChoices } from "./list-choices.ts";
import { botsStrings } from "./strings.ts";

const all = "all";

/** Which bots are listed, and in which order; both are in the URL. */
export default function BotFilters({ status, sort }: ReturnType<typeof listChoices>) {
  const t = useT(botsStrings);
  const navigate = useNavigate({ from: "/bots" });
  return (
    <>
      <Select
        label={t("filter.status")}
        labelHidden
        className="w-44"
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
      <Select
        label={t("sort.label")}
        labelHidden
        className="w-48"
        value={sort ?? "createdAt"}
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
