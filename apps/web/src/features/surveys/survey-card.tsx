import { useMutation, useQuery } from "@tanstack/react-query";
import { useFormat } from "../../lib/format.ts";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { type Outputs, trpc } from "../../lib/trpc.ts";
import { Badge, Button, CodeBox, CopyButton, explainError, Time, uiStrings } from "../../ui/index.ts";
import { choicesOf, type Question, wordsIn } from "./question.ts";
import { surveyStrings } from "./strings.ts";

type Asked = Outputs["surveys"]["ofConversation"][number];

/** What the customer was asked about this conversation, and what they answered. Nothing where nothing was asked. */
export default function SurveyCard({ conversationId }: { conversationId: string }) {
  const t = useT(surveyStrings);
  const ui = useT(uiStrings);
  const query = useQuery(trpc.surveys.ofConversation.queryOptions({ conversationId }));
  if (query.isError) {
    return (
      <p role="alert" className="text-13 text-bad">
        {t("card.failed")}. {explainError(query.error, ui)}
      </p>
    );
  }
  if (!query.data || query.data.length === 0) return null;
  return (
    <section aria-label={t("card")} className="flex flex-col gap-2">
      <h3 className="text-13 font-semibold">{t("card")}</h3>
      <ul className="flex flex-col gap-2">
        {query.data.map((asked) => (
          <li key={asked.invitationId} className="rounded-control bg-surface-2 p-3 text-13">
            <AskedSurvey asked={asked} />
            {asked.response || isPast(asked.expiresAt) ? null : (
              <LinkTo surveyId={asked.surveyId} conversationId={conversationId} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function AskedSurvey({ asked }: { asked: Asked }) {
  const t = useT(surveyStrings);
  const format = useFormat();
  const language = useLanguage();
  const { name, kind, questions, response, dismissedAt, expiresAt, sentAt } = asked;
  const most = kind === "nps" ? 10 : 5;
  const answered = questions.flatMap((question) => {
    const said = response ? inWords(question, response.answers[question.key], language) : null;
    return said === null ? [] : [{ question, said }];
  });
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <bdi className="font-medium [overflow-wrap:anywhere]">{name}</bdi>
        {response?.score != null ? (
          <Badge tone={response.score >= (kind === "nps" ? 9 : 4) ? "good" : "warn"}>
            {t("card.score", { score: response.score, most: format.number(most) })}
          </Badge>
        ) : null}
      </p>
      <Time value={response?.createdAt ?? sentAt} className="text-12 text-ink-3" />
      {response ? (
        <dl className="mt-1 flex flex-col gap-1">
          {answered.map(({ question, said }) => (
            <div key={question.key}>
              <dt dir="auto" className="text-12 text-ink-3">
                {wordsIn(question.text, language)}
              </dt>
              <dd dir="auto" className="[overflow-wrap:anywhere]">
                {said}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="text-ink-2">
          {t(dismissedAt ? "card.dismissed" : isPast(expiresAt) ? "card.expired" : "card.waiting")}
        </p>
      )}
      {response?.comment ? (
        <blockquote dir="auto" className="mt-1 border-s-2 border-line-strong ps-2 [overflow-wrap:anywhere]">
          {response.comment}
        </blockquote>
      ) : null}
    </>
  );
}

/** A link to hand to the customer: the one that they were mailed works no more then. */
function LinkTo({ surveyId, conversationId }: { surveyId: string; conversationId: string }) {
  const t = useT(surveyStrings);
  const ui = useT(uiStrings);
  const link = useMutation(trpc.surveys.createLink.mutationOptions());
  const mayAnswer = may(useSession(), "answer conversations");
  if (!mayAnswer) return null;
  if (link.data) {
    return (
      <div className="mt-2 flex flex-col items-start gap-2">
        <div className="w-full">
          <CodeBox label={t("link.box")} code={link.data.url} />
        </div>
        <CopyButton text={link.data.url} label={t("link.box")} />
      </div>
    );
  }
  return (
    <div className="mt-2">
      {link.isError ? (
        <p role="alert" className="mb-1 text-bad">
          {explainError(link.error, ui)}
        </p>
      ) : null}
      <Button size="sm" pending={link.isPending} onClick={() => link.mutate({ surveyId, conversationId })}>
        {t("link")}
      </Button>
      <p className="mt-1 text-12 text-ink-3">{t("link.hint")}</p>
    </div>
  );
}

function inWords(question: Question, answer: number | string | undefined, language: "en" | "fr" | "ar") {
  if (answer === undefined) return null;
  if (typeof answer === "string") return answer;
  return choicesOf(question, language).find(({ value }) => value === answer)?.label ?? `${answer}`;
}

function isPast(when: string): boolean {
  return new Date(when) <= new Date();
}
