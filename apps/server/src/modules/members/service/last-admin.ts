import { AppError } from "../../../platform/errors/index.ts";
import { type MemberRow, statusOfMember } from "../../identity/index.ts";

type Member = Pick<MemberRow, "userId" | "role" | "deactivatedAt" | "accountStatus">;

const keepsWorkspace = (member: Member) => member.role === "owner" || member.role === "admin";

/**
 * Whether a workspace would be left without somebody to look after it if this member became no admin any more: no
 * owner or admin at all, or, where one is an owner now, no owner. `members` are all of its owners and admins.
 */
export function isLastAdmin(members: readonly Member[], userId: string): boolean {
  const active = members.filter((member) => keepsWorkspace(member) && statusOfMember(member) === "active");
  const member = active.find((candidate) => candidate.userId === userId);
  if (!member) return false;
  const others = active.filter((candidate) => candidate.userId !== userId);
  if (others.length === 0) return true;
  return member.role === "owner" && !others.some(({ role }) => role === "owner");
}

/** Throws CONFLICT when this member must stay as they are. To be asked with all of `members` locked. */
export function assertAdminRemains(members: readonly Member[], userId: string): void {
  if (!isLastAdmin(members, userId)) return;
  const [member] = members.filter((candidate) => candidate.userId === userId);
  throw new AppError(
    "CONFLICT",
    `This is the workspace's last ${member?.role ?? "admin"}. Make somebody else ${member?.role ?? "admin"} first.`,
    { details: { reason: "last admin" } },
  );
}
