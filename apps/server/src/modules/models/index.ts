export {
  type AnsweringModel,
  answeringModel,
  builtinModel,
  connectedModels,
  isConnected,
} from "./service/choose-model.ts";
export {
  type ChosenEmbeddingModel,
  type EmbeddingChoice,
  embeddingChoices,
  embeddingModel,
  isLocalModel,
} from "./service/embedding-models.ts";
export { resealKeys } from "./service/reseal-keys.ts";
