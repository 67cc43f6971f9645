export { changePassword } from "./service/change-password.ts";
export { getOwnUser, updateProfile } from "./service/profile.ts";
export { tellOfNewDevice } from "./service/tell-of-new-device.ts";
