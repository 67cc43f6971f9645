import type { Claim } from "./verify-answer.ts";

/** From here on a claim has nearly the words of its source, and nobody needs to be asked. */
const BEYOND_DOUBT = 0.8;

/**
 * Claims that counting words cannot decide: said in other words than the source's, without a fact that
 * contradicts it. A judge may be asked of these, and of no others.
 */
export function isDoubtful({ verdict, score, isContradicted }: Claim): boolean {
  if (isContradicted || verdict === "uncited" || verdict === "not_a_claim") return false;
  return verdict === "unsupported" || score < BEYOND_DOUBT;
}

/** The claim as a judge sees it. What is beyond doubt stays as it is, whatever the judge says. */
export function turnedBy(claim: Claim, isSupported: boolean, judge: string): Claim {
  if (!isDoubtful(claim)) return claim;
  if (isSupported) return { ...claim, verdict: "supported", reasons: [], judgedBy: judge };
  const reasons =
    claim.verdict === "unsupported" ? claim.reasons : ["the model does not find it in its source"];
  return { ...claim, verdict: "unsupported", reasons, judgedBy: judge };
}
