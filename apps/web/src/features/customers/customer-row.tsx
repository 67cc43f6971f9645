import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import type { Outputs } from "../../lib/trpc.ts";
import { Badge, Time } from "../../ui/index.ts";
import { customerPageStrings } from "./page.strings.ts";
import { customersStrings } from "./strings.ts";

type Customer = Outputs["endUsers"]["list"]["items"][number];

/** What a list shows of a customer; all of the row opens them. */
export function CustomerRow({ customer }: { customer: Customer }) {
  const t = useT(customersStrings);
  const page = useT(customerPageStrings);
  const { id, name, email, phone, company, status, slaTier, tags, createdAt } = customer;
  const shown = name ?? email ?? phone ?? t("visitor");
  const about = [email, phone, company].filter((text) => text !== null && text !== shown);
  return (
    <li>
      <Link
        to="/customers/$customerId"
        params={{ customerId: id }}
        className="flex items-center gap-4 px-4 py-2.5 hover:bg-surface-2 focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 grow">
          <span dir="auto" className="block truncate text-match text-14 font-medium">
            {shown}
          </span>
          <span className="block truncate text-13 text-ink-2">
            {about.map((text, at) => (
              <span key={text}>
                {at > 0 ? " · " : null}
                <bdi>{text}</bdi>
              </span>
            ))}
          </span>
        </span>
        <span className="hidden max-w-64 flex-wrap justify-end gap-1 md:flex">
          {status === "active" ? null : (
            <Badge tone={status === "blocked" ? "bad" : "neutral"}>{page(`status.${status}`)}</Badge>
          )}
          {slaTier ? (
            <Badge tone="info">
              <bdi>{slaTier}</bdi>
            </Badge>
          ) : null}
          {tags.slice(0, 3).map((tag) => (
            <Badge key={tag}>
              <bdi>{tag}</bdi>
            </Badge>
          ))}
        </span>
        <Time value={createdAt} className="shrink-0 text-12 text-ink-3" />
      </Link>
    </li>
  );
}
