export { resolutionUpdated, swarmUpdated } from "./resolutions.events.ts";
export { resolutionsPersonalData } from "./resolutions.personal-data.ts";
export { createResolutionSchema, type Resolution, resolutionSchema } from "./resolutions.schema.ts";
export { createResolution } from "./service/create-resolution.ts";
export { getResolution, resolutionOf } from "./service/read-resolutions.ts";
export { sendCustomerUpdate } from "./service/send-customer-update.ts";
export { closeSwarm, createSwarm, sendSwarmMessage } from "./service/swarms.ts";
export { addUpdate, resolveResolution, updateEta, updateResolution } from "./service/update-resolution.ts";
