import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { acsUrl, entityId, ssoBase } from "../addresses.ts";
import { answerAttempt, idOfState, insertAttempt, takeAnswer } from "../attempts.queries.ts";
import { browserIdOf } from "../browser-cookie.ts";
import type { ConnectionRow } from "../connections.queries.ts";
import { localPath } from "../local-path.ts";
import { SsoRefused } from "../refusal.ts";
import { personOf } from "../saml/person.ts";
import { type Assertion, verifyResponse } from "../saml/verify-response.ts";
import { attemptIdOf } from "./begin-sign-in.ts";
import { type Arrival, atConnection, signIn } from "./end-sign-in.ts";

export interface SamlAnswer {
  SAMLResponse: string;
  RelayState?: string | undefined;
}

/**
 * The provider has the browser post an assertion. Being another site's post, it comes without our cookies; so what it
 * says is kept, and the browser sent to `finishSamlSignIn` with a ticket, where its cookies show that it began.
 */
export function acceptAssertion(arrival: Arrival, answer: SamlAnswer): Promise<string> {
  return atConnection(arrival, "saml", async (ctx, connection) => {
    const assertion = verifyResponse(answer.SAMLResponse, {
      provider: { entityId: connection.issuer, certificates: connection.certificates },
      entityId: entityId(ctx),
      acsUrl: acsUrl(ctx),
      now: ctx.now(),
    });
    const { id, ticket } = await keep(ctx, connection, assertion, answer.RelayState || undefined);
    return `${ssoBase}/finish/${ctx.tenantId}?${new URLSearchParams({ attempt: id, ticket })}`;
  });
}

/** The browser fetches its session. */
export function finishSamlSignIn(
  arrival: Arrival,
  answer: { attempt: string; ticket: string },
): Promise<string> {
  return atConnection(arrival, "saml", async (ctx, connection) => {
    const browserId = browserIdOf(arrival.browser, ctx.publicUrl);
    const { attempt: id, ticket } = answer;
    const taken = await inTx(ctx, (ctx) => takeAnswer(ctx, connection, { id, ticket, browserId }));
    if (!taken) throw new SsoRefused("NOT_BEGUN_HERE", "no such sign-in was begun in this browser");
    return signIn(ctx, arrival.browser, connection, taken.person, taken.next);
  });
}

async function keep(
  ctx: Ctx,
  connection: ConnectionRow,
  assertion: Assertion,
  relayState: string | undefined,
): Promise<{ id: string; ticket: string }> {
  const person = personOf(assertion);
  const { inResponseTo } = assertion;
  const id = inResponseTo === null ? sha256Hex(`assertion ${assertion.id}`) : attemptIdOf(inResponseTo);
  return inTx(ctx, async (ctx) => {
    if (inResponseTo === null) {
      if (!connection.idpInitiated) throw new SsoRefused("NOT_BEGUN_HERE", "nobody asked for the assertion");
      const attempt = {
        id,
        connectionId: connection.id,
        next: localPath(relayState),
        expiresAt: assertion.usableUntil, // as long as it could come again
      };
      if (!(await insertAttempt(ctx, attempt))) throw replayed();
    } else if (relayState !== undefined && idOfState(relayState) !== id) {
      throw new SsoRefused("NOT_BEGUN_HERE", "the relay state is another sign-in's");
    }
    const ticket = await answerAttempt(ctx, connection, id, person);
    if (ticket === null) throw replayed();
    return { id, ticket };
  });
}

function replayed(): SsoRefused {
  return new SsoRefused("NOT_BEGUN_HERE", "the assertion answers no open request, or was used before");
}
