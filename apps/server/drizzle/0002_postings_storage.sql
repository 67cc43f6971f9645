-- Postings and sketches are packed already: compressing them again would cost time at each read.
ALTER TABLE "search_postings" ALTER COLUMN "data" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "vector_sketches" ALTER COLUMN "data" SET STORAGE EXTERNAL;
