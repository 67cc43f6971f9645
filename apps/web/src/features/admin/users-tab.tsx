import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { User } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { ConfirmDialog, toast } from "../../ui/index.ts";
import { Listing, useListing } from "./listing.tsx";
import { adminStrings } from "./strings.ts";
import { type UserAct, UserRow } from "./user-row.tsx";
import { userStrings } from "./users.strings.ts";

/** Everyone with an account: who they are, whether they run the installation, and whether they may sign in. */
export function UsersTab() {
  const t = useT(adminStrings);
  const tUser = useT(userStrings);
  const listing = useListing();
  const users = useQuery(trpc.admin.listUsers.queryOptions(listing, { placeholderData: keepPreviousData }));
  const setRole = useMutation(trpc.admin.updateUserRole.mutationOptions());
  const setStatus = useMutation(trpc.admin.updateUserStatus.mutationOptions());
  const [doing, setDoing] = useState<{ act: UserAct; user: User } | null>(null);

  async function confirm(act: UserAct, user: User) {
    const userId = user.id;
    if (act === "promote") await setRole.mutateAsync({ userId, role: "ADMIN" });
    if (act === "demote") await setRole.mutateAsync({ userId, role: "USER" });
    if (act === "suspend") await setStatus.mutateAsync({ userId, status: "SUSPENDED" });
    if (act === "activate") await setStatus.mutateAsync({ userId, status: "ACTIVE" });
    toast.done(tUser(`user.${act}.done`, { name: nameOf(user) }));
    await queryClient.invalidateQueries(trpc.admin.listUsers.queryFilter());
    // one may have stepped down oneself
    await queryClient.invalidateQueries(trpc.auth.getSession.queryFilter());
  }

  return (
    <>
      <Listing
        label={t("search.users")}
        query={users}
        row={(user) => <UserRow key={user.id} user={user} onAct={(act) => setDoing({ act, user })} />}
      />
      {doing ? (
        <ConfirmDialog
          open
          onClose={() => setDoing(null)}
          title={tUser(`user.${doing.act}.title`, { name: nameOf(doing.user) })}
          description={tUser(`user.${doing.act}.text`)}
          confirmLabel={tUser(`user.${doing.act}`)}
          onConfirm={() => confirm(doing.act, doing.user)}
        />
      ) : null}
    </>
  );
}

export function nameOf(user: User): string {
  return user.name || user.email || "?";
}
