import { parseSync, Visitor } from "rolldown/utils";

/** What is taken away at a site. */
export type SiteKind = "tenant" | "owner" | "right" | "refusal" | "key";

export interface FoundSite {
  kind: SiteKind;
  /** How it is taken away: a condition of a query, an expression that allows, a statement, a part of a text. */
  form: "predicate" | "permission" | "statement" | "part";
  start: number;
  end: number;
}

interface Node {
  type: string;
  start: number;
  end: number;
}

/** Columns that say whose a row is. */
const tenantColumn = /\.(tenantId|organizationId|tenant)$/;
/** Columns that say whose a row is among a tenant's people, and what stands for the caller beside them. */
const ownerColumn = /\.(userId|memberId|customerId|apiKeyId|createdBy|assigneeId)$/;
const isCaller = /\bactor\.|memberOf\(/;
/** How somebody proves who they are. Its refusals are proven where they are made; whose is what is asked here. */
const isAboutIdentity =
  /modules\/(identity\/(sign-in|passkeys|second-factor|auth|devices)|tokens|sso)\/|platform\/blobs\//;
/** Conditions on who calls. */
const isAboutCaller = /actor|tenant|member|role|right|principal|membership|userId|owner/i;
/** Codes of errors that keep somebody out. */
const denying =
  /new AppError\(\s*"(UNAUTHORIZED|FORBIDDEN|ORIGIN_NOT_ALLOWED|MFA_REQUIRED|TENANT_\w+|SUSPENDED)"/;
/** Checks that are called for their refusal: of a right, or of a thing that must belong to another. */
const check =
  /^assert(Can|PlatformAdmin|StillAdmin|Own\w*|MayWork|BotExists|DocumentIn|In|KnowledgeBase|Tenant|Gold|\w*Member\w*|\w*Scope\w*)$/;
/** A refusal because two things do not belong together, which "not found" says. */
const comparison = /(!==|===)/;

/**
 * Finds where the code asks whose something is: predicates on the tenant and on the actor, asserted rights, refusals,
 * and the tenant in the keys of caches and limits.
 */
export function findSites(file: string, code: string): FoundSite[] {
  const { program } = parseSync(file, code);
  const sites: FoundSite[] = [];
  const text = ({ start, end }: Node) => code.slice(start, end);
  const add = (kind: SiteKind, form: FoundSite["form"], { start, end }: Node) =>
    sites.push({ kind, form, start, end });
  const inSql: Node[] = [];
  const refusers = namesOfRefusers(code);
  /** Conditions under which the statement that begins here is run. */
  const conditions = new Map<number, string>();
  /** Conditions that lead past the refusal that begins here. */
  const ways = new Map<number, Node>();

  new Visitor({
    CallExpression(node) {
      const callee = text(node.callee);
      if (callee === "eq" && node.arguments.length === 2) {
        const [left, right] = node.arguments.map(text);
        if (!left || !right) return;
        const isJoinToTenant =
          left === "tenants.id" && tenantColumn.test(right) && !/^(ctx\.)?tenantId$/.test(right);
        const isOfTenant = tenantColumn.test(left) || tenantColumn.test(right) || left === "tenants.id";
        if (isOfTenant && !isJoinToTenant) add("tenant", "predicate", node);
        else if (ownerColumn.test(left) && isCaller.test(right)) add("owner", "predicate", node);
      }
      if (callee === "can") add("right", "permission", node);
    },
    ExpressionStatement(node) {
      const call = node.expression.type === "AwaitExpression" ? node.expression.argument : node.expression;
      if (
        call.type === "CallExpression" &&
        (check.test(text(call.callee)) || text(call.callee) === "csrf.assert")
      )
        add("right", "statement", node);
    },
    BlockStatement({ body }) {
      // "if (they may) return …; throw …": there the way in is what must be opened
      for (const [at, statement] of body.entries()) {
        const next = body[at + 1];
        if (statement.type !== "IfStatement" || statement.alternate || next?.type !== "ThrowStatement")
          continue;
        if (statement.consequent.type === "ReturnStatement") ways.set(next.start, statement.test);
      }
    },
    IfStatement(node) {
      const { consequent, test } = node;
      const [first] = consequent.type === "BlockStatement" ? consequent.body : [consequent];
      if (first) conditions.set(first.start, text(test));
    },
    ThrowStatement(node) {
      const thrown = text(node.argument);
      const isRefusal = denying.test(thrown) || refusers.has(/^(\w+)\(/.exec(thrown)?.[1] ?? "");
      const isMismatch = /^notFound\(/.test(thrown) && comparison.test(conditions.get(node.start) ?? "");
      const condition = conditions.get(node.start);
      const isAsked =
        !isAboutIdentity.test(file) &&
        (/src\/(app|faces)\//.test(file) || isAboutCaller.test(condition ?? "actor"));
      if (!(isRefusal && isAsked) && !isMismatch) return;
      const way = ways.get(node.start);
      if (way) add("refusal", "permission", way);
      else add("refusal", "statement", node);
    },
    TaggedTemplateExpression(node) {
      if (text(node.tag) === "sql") inSql.push(node);
    },
    TemplateLiteral(node) {
      if (inSql.some((outer) => outer.start <= node.start && node.end <= outer.end)) return;
      for (const expression of node.expressions)
        if (/\btenantId$/.test(text(expression))) add("key", "part", expression);
    },
  }).visit(program);
  return sites;
}

/** Functions of the file that make an error which keeps somebody out. */
function namesOfRefusers(code: string): Set<string> {
  const made = code.matchAll(/function (\w+)\([^)]*\)[^{]*\{\s*return (new AppError\([^)]*\))/g);
  return new Set(
    [...made].flatMap(([, name, error]) => (name && error && denying.test(error) ? [name] : [])),
  );
}
