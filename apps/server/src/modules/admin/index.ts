export { listAllBots } from "./service/bots.ts";
export { listTenants } from "./service/tenants.ts";
export { listUsers, updateUserRole, updateUserStatus } from "./service/users.ts";
