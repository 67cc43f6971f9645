import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { EnforceRateLimit } from "../faces/enforce-rate-limit.ts";
import { readForms } from "../faces/http/forms.ts";
import type { Browser, Services } from "../faces/principal.ts";
import {
  type Arrival,
  acceptAssertion,
  finishOidcSignIn,
  finishSamlSignIn,
  getServiceProviderMetadata,
  ssoBase,
} from "../modules/sso/index.ts";
import { AppError } from "../platform/errors/index.ts";

interface Needed {
  services: Services;
  enforceRateLimit: EnforceRateLimit;
  browserOf(request: FastifyRequest, reply: FastifyReply): Browser;
}

const placeSchema = z.object({ tenantId: z.uuid() });
const text = z.string().max(5_000);
const oidcAnswerSchema = z.object({
  state: text.optional(),
  code: text.optional(),
  error: text.optional(),
  iss: text.optional(),
});
const samlAnswerSchema = z.object({ SAMLResponse: z.string(), RelayState: text.optional() });
const ticketSchema = z.object({ attempt: text, ticket: text });

/**
 * The pages to which identity providers send browsers. They take no CSRF token and no Origin of ours: what a provider
 * says is signed, or redeemed with our secret, and belongs to one browser by its cookie. A form's body is read here and
 * nowhere else.
 */
export async function registerSsoPages(app: FastifyInstance, needed: Needed): Promise<void> {
  const { services, enforceRateLimit, browserOf } = needed;

  const arrivalOf = async (request: FastifyRequest, reply: FastifyReply): Promise<Arrival> => {
    await enforceRateLimit("signIn", { address: request.ip, caller: null }, reply);
    const tenantId = tenantOf(request);
    return { services, browser: browserOf(request, reply), tenantId, ipAddress: request.ip };
  };

  app.get(`${ssoBase}/callback/:tenantId`, async (request, reply) => {
    const arrival = await arrivalOf(request, reply);
    return reply.redirect(await finishOidcSignIn(arrival, parsed(oidcAnswerSchema, request.query)), 303);
  });
  app.get(`${ssoBase}/finish/:tenantId`, async (request, reply) => {
    const arrival = await arrivalOf(request, reply);
    return reply.redirect(await finishSamlSignIn(arrival, parsed(ticketSchema, request.query)), 303);
  });
  app.get(`${ssoBase}/metadata/:tenantId`, async (request, reply) => {
    const tenantId = tenantOf(request);
    return reply
      .type("application/samlmetadata+xml")
      .header("content-disposition", 'attachment; filename="parlance-metadata.xml"')
      .send(getServiceProviderMetadata({ publicUrl: services.publicUrl, tenantId }));
  });
  await app.register(async (scope) => {
    readForms(scope);
    scope.post(`${ssoBase}/acs/:tenantId`, async (request, reply) => {
      const arrival = await arrivalOf(request, reply);
      return reply.redirect(await acceptAssertion(arrival, parsed(samlAnswerSchema, request.body)), 303);
    });
  });
}

function tenantOf(request: FastifyRequest): string {
  const place = placeSchema.safeParse(request.params);
  if (!place.success) throw new AppError("NOT_FOUND", "There is nothing here.");
  return place.data.tenantId;
}

function parsed<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError("VALIDATION_ERROR", "The answer of the sign-in service is incomplete. Begin again.");
}
