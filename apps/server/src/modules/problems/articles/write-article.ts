import { detectLanguage, fold, plainText, sentences } from "../../../platform/text/index.ts";
import { compareWordings } from "../clustering/compare-wordings.ts";
import { readWording } from "../clustering/read-wording.ts";
import { isRedacted, redact } from "./redact.ts";

/** What an agent wrote in a conversation that was resolved. */
export interface Reply {
  conversationId: string;
  text: string;
  repliedAt: Date;
  /** Of the customer and of the agent, to be taken out. */
  names: readonly (string | null)[];
}

/** A reply without what belongs to one person, and how well it answers. */
export interface UsableReply extends Reply {
  sentences: string[];
  score: number;
}

const mostReplies = 3;
const mostSentences = 12;
/** From here on two sentences say the same, and one of them is enough. */
const SAID_ALREADY = 0.75;
/** A sentence of fewer words is a turn of phrase. */
const FEWEST_WORDS = 3;
const titleLength = 200;
const everyWordAlike = () => 1;

/** What people say around an answer, in search form: a greeting, thanks, a wish, an offer of more help. */
const COURTESY =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thank|thanks|you(?:'re| are) welcome|sorry|apolog|i(?:'m| am) sorry|we apolog|kind regards|best regards|regards|best wishes|sincerely|cheers|have a (?:nice|good|great)|please (?:let me know|do not hesitate|don't hesitate|feel free)|let me know|feel free|is there anything|anything else|happy to help|glad|my pleasure|bonjour|bonsoir|cher|chere|merci|je vous en prie|desole|nous sommes desoles|toutes nos excuses|cordialement|bien a vous|bonne (?:journee|soiree)|n'hesitez pas|avec plaisir|مرحبا|اهلا|السلام عليكم|عزيز|شكرا|عفوا|نعتذر|اعتذر|مع (?:اطيب )?التحيات|تحياتي|يسعد|لا تتردد|هل هناك|هل تحتاج)/u;
/** What was done in one case is no rule for all. */
const OF_THIS_CASE =
  /\b(?:i(?:'ve| have| just| will|'ll| can see| see that| checked| looked)|we(?:'ve| have) (?:just )?(?:sent|refunded|cancelled|canceled|updated|changed|checked)|let me check|one moment|(?:je|nous) (?:viens|venons|vais|allons|ai|avons|vois|voyons) |un instant|j'ai )|(?:^| )(?:لقد قمت|قمت ب|سوف اقوم|ساقوم|لحظه)/u;

/**
 * The replies that can be made an article of, the best first: in the language of the question where there are such, without
 * personal data, courtesies and what concerned one case alone. A reply that agrees with others and with the
 * question counts for more.
 */
export function usableReplies(question: string, replies: readonly Reply[]): UsableReply[] {
  const language = detectLanguage(question);
  const read = replies.map((reply) => ({ ...reply, sentences: answeringSentences(reply), score: 0 }));
  const full = read.filter((reply) => reply.sentences.length > 0);
  const same = full.filter(({ text }) => detectLanguage(text) === language);
  const usable = same.length > 0 ? same : full;
  const asked = readWording(question);
  const words = usable.map((reply) => readWording(reply.sentences.join(" ")));
  for (const [index, reply] of usable.entries()) {
    const own = words[index];
    if (!own) continue;
    const others = words.filter((_, other) => other !== index);
    const agreement = others.reduce((sum, other) => sum + compareWordings(own, other, everyWordAlike), 0);
    reply.score = compareWordings(own, asked, everyWordAlike) + agreement / Math.max(1, others.length);
  }
  return usable.sort((a, b) => b.score - a.score || b.repliedAt.getTime() - a.repliedAt.getTime());
}

function answeringSentences({ text, names }: Reply): string[] {
  return text.split(/\n+/).flatMap((line) =>
    sentences(line)
      .map(({ text }) => redact(plainText(text), names).trim())
      .filter((sentence) => {
        const folded = fold(sentence);
        const isShort = folded.split(/\s+/).length < FEWEST_WORDS;
        return (
          !isShort &&
          !isRedacted(sentence) &&
          !COURTESY.test(folded) &&
          !OF_THIS_CASE.test(folded) &&
          !/[?؟]$/.test(sentence)
        );
      }),
  );
}

/** A draft from the replies' own sentences: each thing once, the best reply first. */
export function writeArticle(
  question: string,
  usable: readonly UsableReply[],
): { title: string; content: string; used: UsableReply[] } {
  const said: ReturnType<typeof readWording>[] = [];
  const paragraphs: string[] = [];
  const used: UsableReply[] = [];
  for (const reply of usable.slice(0, mostReplies)) {
    const fresh = reply.sentences.filter((sentence) => {
      const wording = readWording(sentence);
      const isSaid = said.some((other) => compareWordings(wording, other, everyWordAlike) >= SAID_ALREADY);
      if (isSaid || said.length >= mostSentences) return false;
      said.push(wording);
      return true;
    });
    if (fresh.length === 0) continue;
    used.push(reply);
    paragraphs.push(fresh.join(" "));
  }
  return { title: titleOf(question), content: paragraphs.join("\n\n"), used };
}

/** The question on one line, without what belongs to one person. */
export function titleOf(question: string): string {
  const line = redact(plainText(question)).trim() || question.trim();
  return (line.charAt(0).toUpperCase() + line.slice(1)).slice(0, titleLength).toWellFormed();
}
