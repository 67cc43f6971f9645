export { buildEmbedding } from "./embedding/build-embedding.ts";
export { cancelEmbedding, chooseEmbedding } from "./embedding/choose-embedding.ts";
export { embedByMeaning } from "./embedding/embed-questions.ts";
export {
  type EmbeddingState,
  embeddingModelName,
  embeddingStateSchema,
} from "./embedding/embedding.schema.ts";
export { getEmbedding, watchEmbedding } from "./embedding/read-embedding.ts";
export { tidyEmbeddings } from "./embedding/tidy-embeddings.ts";
export { createExtractionPool, type ExtractionPool, SUPPORTED_FORMATS } from "./extraction/index.ts";
export { staleAfterBounds } from "./freshness.ts";
export { documentChanged } from "./knowledge.events.ts";
export {
  crawlQueue,
  deleteBlobsQueue,
  embeddingQueue,
  ingestQueue,
  renewIndexQueue,
} from "./knowledge.jobs.ts";
export { countByStatus, holdsDocuments, type StatusCounts } from "./knowledge.queries.ts";
export {
  documentContentSchema,
  documentSchema,
  freshnessSchema,
  type KnowledgeDocument,
  listDocumentsSchema,
  listedDocumentSchema,
  type Passage,
  type SearchCandidate,
  staleAfterDays,
} from "./knowledge.schema.ts";
export { addManualText, addStructuredData, dataFormats, replaceContent } from "./service/add-content.ts";
export { confirmUpload, startUpload, type UploadTicket } from "./service/add-document.ts";
export { deleteDocument, deleteKnowledgeBase } from "./service/delete-document.ts";
export { documentCounts, storedBytes } from "./service/document-room.ts";
export { getFreshness, setStaleAfter } from "./service/freshness.ts";
export { giveUp as giveUpDocument, ingestDocument } from "./service/ingest-document.ts";
export { assertKnowledgeBase, createKnowledgeBase, listKnowledgeBases } from "./service/knowledge-base.ts";
export { pageDocuments } from "./service/page-documents.ts";
export {
  assertDocumentIn,
  getDocumentContent,
  listChunks,
  listDocuments,
} from "./service/read-documents.ts";
export { replaceDocument, reprocessDocument } from "./service/renew-document.ts";
export { renewIndex, renewOutdatedIndexes } from "./service/renew-index.ts";
export { type SearchResult, searchKnowledge } from "./service/search-knowledge.ts";
export {
  agesOfSources,
  keyOfSource,
  type SourceStanding,
  standingOfSources,
  type VersionOfDocument,
} from "./service/source-standing.ts";
export { maxFileSize } from "./service/store-document.ts";
export { tidyDocuments } from "./service/tidy-documents.ts";
export { watchDocuments } from "./service/watch-documents.ts";
export { giveUpCrawl, runCrawl } from "./sources/crawl.ts";
export { startDueCrawls } from "./sources/due-sources.ts";
export {
  addWebSource,
  deleteSource,
  listSourcePages,
  listSources,
  refreshSource,
  updateSource,
} from "./sources/manage-sources.ts";
export {
  addSourceSchema,
  type KnowledgeSource,
  listPagesSchema,
  sourcePageSchema,
  sourceSchema,
  updateSourceSchema,
} from "./sources/sources.schema.ts";
export { watchSources } from "./sources/watch-sources.ts";
