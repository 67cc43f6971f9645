export { changePassword } from "./service/change-password.ts";
export { getOwnUser, updateProfile } from "./service/profile.ts";
