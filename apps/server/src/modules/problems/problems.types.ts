/** A conversation whose agent's words an article was made from. */
export interface ArticleSource {
  conversationId: string;
  /** When the agent wrote. */
  repliedAt: string;
}

/** A question that was asked again, and what came of it. */
export interface TestedQuestion {
  questionId: string;
  question: string;
  isAnswered: boolean;
  /** Why not, in plain English; null when it is answered. */
  reason: string | null;
  answer: string;
  mode: "model" | "extractive" | "abstained" | "withheld";
  confidence: number;
  /** The documents that the answer cites. */
  documents: { id: string; name: string }[];
}
