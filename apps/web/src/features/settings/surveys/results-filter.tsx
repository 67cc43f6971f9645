import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { type Inputs, trpc } from "../../../lib/trpc.ts";
import { Select } from "../../../ui/index.ts";
import { surveySettingsStrings } from "./strings.ts";

type ResultsInput = Inputs["surveys"]["results"];

const day = 24 * 3_600_000;
const any = "any";
const periods = ["7", "30", "90", "365"] as const;
const channels = ["widget", "portal", "api", "email", "sms", "whatsapp"] as const;

/** Whose answers are looked at. */
interface Wanted {
  days: (typeof periods)[number];
  botId: string;
  channel: (typeof channels)[number] | typeof any;
}

export const usualFilter: Wanted = { days: "30", botId: any, channel: any };

export const isNarrowed = ({ botId, channel }: Wanted) => botId !== any || channel !== any;

/** As the server is asked: until the end of this day, so that the question stays the same while it is looked at. */
export function inputOf({
  days,
  botId,
  channel,
}: Wanted): Pick<ResultsInput, "from" | "to" | "botId" | "channel"> {
  const to = Math.ceil(Date.now() / day) * day;
  return {
    from: new Date(to - Number(days) * day).toISOString(),
    to: new Date(to).toISOString(),
    ...(botId === any ? {} : { botId }),
    ...(channel === any ? {} : { channel }),
  };
}

/** Chooses the time in which customers were asked, the bot, and the channel. */
export function ResultsFilter({ wanted, onChange }: { wanted: Wanted; onChange: (next: Wanted) => void }) {
  const t = useT(surveySettingsStrings);
  const format = useFormat();
  const bots = useQuery(trpc.bot.list.queryOptions({ pageSize: 100, sort: "name" }));
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Select
        label={t("period")}
        value={wanted.days}
        options={periods.map((value) => ({
          value,
          label: t("period.days", { days: format.number(Number(value)) }),
        }))}
        onChange={(days) => onChange({ ...wanted, days })}
      />
      <Select
        label={t("bot")}
        value={wanted.botId}
        options={[
          { value: any, label: t("anyBot") },
          ...(bots.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(botId) => onChange({ ...wanted, botId })}
      />
      <Select
        label={t("channel")}
        value={wanted.channel}
        options={[
          { value: any, label: t("anyChannel") },
          ...channels.map((value) => ({ value, label: t(`channel.${value}`) })),
        ]}
        onChange={(channel) => onChange({ ...wanted, channel })}
      />
    </div>
  );
}
