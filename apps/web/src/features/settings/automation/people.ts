import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../lib/trpc.ts";

interface Choice {
  value: string;
  label: string;
}

/** Whom and what a rule may name, by kind. */
export function useNamed(): Record<"agent" | "team" | "bot", Choice[]> {
  const members = useQuery(trpc.users.list.queryOptions({ pageSize: 100, status: "active" }));
  const teams = useQuery(trpc.teams.list.queryOptions({ pageSize: 100 }));
  const bots = useQuery(trpc.bot.list.queryOptions());
  const choices = (items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return {
    agent: choices(members.data?.items),
    team: choices(teams.data?.items),
    bot: choices(bots.data?.items),
  };
}
