export {
  type AnsweringModel,
  answeringModel,
  builtinModel,
  type ChosenEmbeddingModel,
  type EmbeddingConnection,
  embeddingConnections,
  embeddingModel,
} from "./service/choose-model.ts";
