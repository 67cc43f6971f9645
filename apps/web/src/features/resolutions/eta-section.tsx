import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { DateField } from "../../ui/date-field.tsx";
import { Button, TextField, Time } from "../../ui/index.ts";
import { Section } from "./section.tsx";
import { isUnfinished, type ResolutionDetail } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

/** Until when it is expected, and what was expected before. */
export function EtaSection({ resolution, mayWork }: { resolution: ResolutionDetail; mayWork: boolean }) {
  const t = useT(resolutionStrings);
  const format = useFormat();
  const { eta, etas, status } = resolution;
  const earlier = etas.slice(0, -1).reverse();
  return (
    <Section title={t("eta.title")}>
      <p className="text-13 text-ink-2">
        {eta ? format.exact(new Date(eta.expectedResolutionAt)) : t("eta.none")}
      </p>
      {mayWork && isUnfinished(status) ? <EtaForm key={resolution.version} resolution={resolution} /> : null}
      {earlier.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-13 text-ink-2">{t("eta.history")}</summary>
          <ol className="mt-2 flex flex-col gap-2">
            {earlier.map((each) => (
              <li key={each.id} className="text-13">
                <span className="text-ink-1">
                  {each.expectedResolutionAt
                    ? format.exact(new Date(each.expectedResolutionAt))
                    : t("eta.withdrawn")}
                </span>
                {each.reason ? (
                  <span dir="auto" className="block text-ink-2">
                    {each.reason}
                  </span>
                ) : null}
                <span className="block text-12 text-ink-3">
                  <bdi>{each.authorName}</bdi> · <Time value={each.createdAt} />
                </span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </Section>
  );
}

function EtaForm({ resolution }: { resolution: ResolutionDetail }) {
  const t = useT(resolutionStrings);
  const { updateEta } = useResolutionActs();
  const [when, setWhen] = useState(localTime(resolution.eta?.expectedResolutionAt));
  const [reason, setReason] = useState("");
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        updateEta.mutate({
          resolutionId: resolution.id,
          version: resolution.version,
          expectedResolutionAt: when === "" ? null : new Date(when).toISOString(),
          ...(reason.trim() ? { reason } : {}),
        });
      }}
    >
      <DateField
        withTime
        label={t("eta.when")}
        value={when}
        onChange={({ target }) => setWhen(target.value)}
      />
      <TextField
        label={t("eta.reason")}
        value={reason}
        maxLength={500}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button type="submit" size="sm" className="self-start" pending={updateEta.isPending}>
        {t("save")}
      </Button>
    </form>
  );
}

/** As a `datetime-local` field has it: the reader's own time, without a zone. */
function localTime(iso: string | undefined): string {
  if (!iso) return "";
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
