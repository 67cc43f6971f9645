export { type AnsweringModel, answeringModel, builtinModel } from "./models.service.ts";
