import { useInfiniteQuery } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { type Outputs, trpc } from "../../lib/trpc.ts";
import { Badge, Button, explainError, Time, uiStrings } from "../../ui/index.ts";
import { useRuleWords } from "../settings/automation/words.strings.ts";
import { writingStrings } from "./writing.strings.ts";

type Firing = Outputs["automation"]["firingsOf"]["items"][number];
type Condition = Firing["conditions"][number];
type Test = Exclude<Condition, { any: unknown }>;

/** Which rules acted in a conversation: why, and what each did or why it held back. Nothing where none did. */
export default function FiringsCard({ conversationId }: { conversationId: string }) {
  const t = useT(writingStrings);
  const ui = useT(uiStrings);
  const query = useInfiniteQuery(
    trpc.automation.firingsOf.infiniteQueryOptions(
      { conversationId, limit: 10 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const firings = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isError) {
    return (
      <p role="alert" className="text-13 text-bad">
        {t("firings.failed")}. {explainError(query.error, ui)}
      </p>
    );
  }
  if (firings.length === 0) return null;
  return (
    <section aria-label={t("firings.title")} className="flex flex-col gap-2">
      <h3 className="text-13 font-semibold">{t("firings.title")}</h3>
      <ul className="flex flex-col gap-2">
        {firings.map((firing) => (
          <FiringEntry key={firing.id} firing={firing} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button size="sm" pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("firings.more")}
        </Button>
      ) : null}
    </section>
  );
}

function FiringEntry({ firing }: { firing: Firing }) {
  const t = useT(writingStrings);
  const word = useRuleWords();
  const { rule, outcome, conditions, actions, triggerEvent } = firing;
  return (
    <li className="rounded-control bg-surface-2 p-3 text-13">
      <details>
        <summary>
          <bdi className="font-medium [overflow-wrap:anywhere]">{rule.name}</bdi>{" "}
          <Badge tone={outcome === "done" ? "good" : "warn"}>{t(`outcome.${outcome}`)}</Badge>{" "}
          <Time value={firing.createdAt} className="text-12 text-ink-3" />
        </summary>
        <div className="mt-2 flex flex-col gap-2">
          <p className="text-12 text-ink-3">
            {word(triggerEvent)} · {t("firings.version", { version: rule.version })}
          </p>
          <div>
            <h4 className="text-12 text-ink-3">{t("firings.because")}</h4>
            {conditions.length === 0 ? (
              <p>{t("firings.always")}</p>
            ) : (
              <ul className="flex list-disc flex-col gap-1 ps-4">
                {conditions.map((condition) => (
                  <li key={JSON.stringify(condition)} className="[overflow-wrap:anywhere]">
                    <Reason condition={condition} />
                  </li>
                ))}
              </ul>
            )}
          </div>
          {actions.length > 0 ? (
            <div>
              <h4 className="text-12 text-ink-3">{t("firings.did")}</h4>
              <ul className="flex list-disc flex-col gap-1 ps-4">
                {actions.map(({ type, done, said }, place) => (
                  <li
                    // biome-ignore lint/suspicious/noArrayIndexKey: they stand in the order in which they were done
                    key={place}
                    className={done ? "[overflow-wrap:anywhere]" : "text-bad [overflow-wrap:anywhere]"}
                  >
                    {word(type)}: <bdi>{said}</bdi>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
        </div>
      </details>
    </li>
  );
}

function Reason({ condition }: { condition: Condition }) {
  const t = useT(writingStrings);
  if (!("any" in condition)) return <TestWords test={condition} />;
  return (
    <>
      {t("firings.any")}
      <ul className="flex list-disc flex-col gap-1 ps-4">
        {condition.any
          .filter(({ held }) => held)
          .map((test) => (
            <li key={JSON.stringify(test)}>
              <TestWords test={test} />
            </li>
          ))}
      </ul>
    </>
  );
}

function TestWords({ test }: { test: Test }) {
  const t = useT(writingStrings);
  const word = useRuleWords();
  const said = (value: Test["value"]): string => {
    if (value === null || value === "") return t("firings.empty");
    if (typeof value === "boolean") return t(value ? "firings.yes" : "firings.no");
    return Array.isArray(value) ? value.join(", ") || t("firings.empty") : String(value);
  };
  const asksValue = test.operator !== "is_empty" && test.operator !== "is_not_empty";
  return (
    <>
      {word(test.field)} {word(test.operator)} {asksValue ? <bdi>{said(test.value)}</bdi> : null}
      <span className="text-ink-3"> ({t("firings.seen", { value: said(test.seen).slice(0, 200) })})</span>
    </>
  );
}
