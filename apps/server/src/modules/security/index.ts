export { alertQueue } from "./security.jobs.ts";
export { alertAdmins } from "./service/alert-admins.ts";
