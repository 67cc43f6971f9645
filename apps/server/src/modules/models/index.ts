export {
  type AnsweringModel,
  answeringModel,
  builtinModel,
  type ChosenEmbeddingModel,
  connectedModels,
  type EmbeddingConnection,
  embeddingConnections,
  embeddingModel,
} from "./service/choose-model.ts";
export { resealKeys } from "./service/reseal-keys.ts";
