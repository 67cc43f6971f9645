import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Select } from "../../ui/index.ts";
import { overviewStrings } from "./overview/strings.ts";

const route = getRouteApi("/signed-in/quality");

/** Of which bot; in the address. */
export function BotPicker() {
  const t = useT(overviewStrings);
  const { botId } = route.useSearch();
  const navigate = route.useNavigate();
  const { data } = useQuery(trpc.bot.list.queryOptions({ pageSize: 100, sort: "name" }));
  return (
    <Select
      label={t("bot.label")}
      labelHidden
      className="grow basis-36 sm:max-w-56"
      value={botId ?? ""}
      options={[
        { value: "", label: t("bot.all") },
        ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(next) =>
        void navigate({
          search: ({ botId: _before, page: _page, ...rest }) => ({
            ...rest,
            ...(next ? { botId: next } : {}),
          }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
