CREATE TABLE "api_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"public_part" text NOT NULL,
	"secret_hash" text NOT NULL,
	"previous_secret_hash" text,
	"previous_until" timestamp (3) with time zone,
	"permissions" text[] NOT NULL,
	"bot_id" uuid,
	"created_by" uuid,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "api_keys_public_part_key" UNIQUE("tenant_id","public_part")
);--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bot_prompt_versions" (
	"tenant_id" uuid NOT NULL,
	"prompt_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"content" text NOT NULL,
	"restored_from" integer,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bot_prompt_versions_tenant_id_prompt_id_version_pk" PRIMARY KEY("tenant_id","prompt_id","version")
);--> statement-breakpoint
ALTER TABLE "bot_prompt_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "knowledge_sources" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"knowledge_base_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"url" text NOT NULL,
	"schedule" text NOT NULL,
	"max_pages" integer NOT NULL,
	"include_paths" text[] NOT NULL,
	"exclude_paths" text[] NOT NULL,
	"status" text NOT NULL,
	"crawl" integer NOT NULL,
	"prepared" boolean DEFAULT false NOT NULL,
	"robots" text DEFAULT '' NOT NULL,
	"strikes" integer DEFAULT 0 NOT NULL,
	"lease_holder" text,
	"lease_until" timestamp (3) with time zone,
	"error_code" text,
	"error_message" text,
	"notice" text,
	"last_crawled_at" timestamp (3) with time zone,
	"next_crawl_at" timestamp (3) with time zone,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "knowledge_sources_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "knowledge_sources" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "source_pages" (
	"tenant_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"depth" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"http_status" integer,
	"document_id" uuid,
	"etag" text,
	"last_modified" text,
	"content_hash" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp (3) with time zone,
	"misses" integer DEFAULT 0 NOT NULL,
	"visited_at" timestamp (3) with time zone,
	CONSTRAINT "source_pages_tenant_id_source_id_id_pk" PRIMARY KEY("tenant_id","source_id","id"),
	CONSTRAINT "source_pages_url_key" UNIQUE("tenant_id","source_id","url")
);--> statement-breakpoint
ALTER TABLE "source_pages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_threads" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"api_key_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"digest" text,
	"told_sequence" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_threads_tenant_id_conversation_id_pk" PRIMARY KEY("tenant_id","conversation_id")
);--> statement-breakpoint
ALTER TABLE "api_threads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "plan_uses" (
	"tenant_id" uuid NOT NULL,
	"month" text NOT NULL,
	"what" text NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "plan_uses_tenant_id_month_what_pk" PRIMARY KEY("tenant_id","month","what")
);--> statement-breakpoint
ALTER TABLE "plan_uses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"price_monthly" numeric(12, 2),
	"max_bots" integer NOT NULL,
	"max_documents_per_bot" integer NOT NULL,
	"max_total_document_storage_gb" double precision NOT NULL,
	"max_queries_per_month" integer NOT NULL,
	"max_doc_processing_jobs_per_month" integer NOT NULL,
	"allow_advanced_rag_config" boolean NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);--> statement-breakpoint
CREATE TABLE "tenant_plans" (
	"tenant_id" uuid NOT NULL,
	"plan_id" uuid,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_plans_tenant_id_pk" PRIMARY KEY("tenant_id")
);--> statement-breakpoint
ALTER TABLE "tenant_plans" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "budget_reservations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"amount" numeric(20, 12) NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "budget_reservations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "budget_reservations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "budgets" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid,
	"limit" numeric(20, 12) NOT NULL,
	"exhausted_month" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budgets_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "budgets_key" UNIQUE NULLS NOT DISTINCT("tenant_id","bot_id")
);--> statement-breakpoint
ALTER TABLE "budgets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "model_prices" (
	"tenant_id" uuid NOT NULL,
	"model" text NOT NULL,
	"input" numeric(20, 12) NOT NULL,
	"output" numeric(20, 12) NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_prices_tenant_id_model_pk" PRIMARY KEY("tenant_id","model")
);--> statement-breakpoint
ALTER TABLE "model_prices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "model_usage" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"month" text NOT NULL,
	"bot_id" uuid,
	"purpose" text NOT NULL,
	"model" text NOT NULL,
	"calls" integer NOT NULL,
	"estimated_calls" integer NOT NULL,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"cost" numeric(20, 12) NOT NULL,
	CONSTRAINT "model_usage_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "model_usage_key" UNIQUE NULLS NOT DISTINCT("tenant_id","month","bot_id","purpose","model")
);--> statement-breakpoint
ALTER TABLE "model_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "vector_spaces_knowledge_base_idx";--> statement-breakpoint
ALTER TABLE "model_connections" DROP CONSTRAINT "model_connections_tenant_id_provider_pk";--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "usage_estimated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bot_prompts" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "public_page" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "api_key_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant_directory" ADD COLUMN "bot" uuid;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "source_id" uuid;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "url" text;--> statement-breakpoint
ALTER TABLE "model_connections" ADD COLUMN "purpose" text DEFAULT 'answering' NOT NULL;--> statement-breakpoint
ALTER TABLE "model_connections" ADD COLUMN "dimensions" integer;--> statement-breakpoint
ALTER TABLE "model_connections" ADD COLUMN "last_test_failed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "vector_spaces" ADD COLUMN "failure" text;--> statement-breakpoint
ALTER TABLE "vector_spaces" ADD COLUMN "activated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "vector_spaces" ADD COLUMN "retired_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "vector_spaces" ADD COLUMN "updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_prompt_versions" ADD CONSTRAINT "bot_prompt_versions_tenant_id_prompt_id_bot_prompts_tenant_id_id_fk" FOREIGN KEY ("tenant_id","prompt_id") REFERENCES "public"."bot_prompts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knowledge_sources" ADD CONSTRAINT "knowledge_sources_tenant_id_knowledge_base_id_knowledge_bases_tenant_id_id_fk" FOREIGN KEY ("tenant_id","knowledge_base_id") REFERENCES "public"."knowledge_bases"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_pages" ADD CONSTRAINT "source_pages_tenant_id_source_id_knowledge_sources_tenant_id_id_fk" FOREIGN KEY ("tenant_id","source_id") REFERENCES "public"."knowledge_sources"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_threads" ADD CONSTRAINT "api_threads_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_uses" ADD CONSTRAINT "plan_uses_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_plans" ADD CONSTRAINT "tenant_plans_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_plans" ADD CONSTRAINT "tenant_plans_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD CONSTRAINT "budget_reservations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_usage" ADD CONSTRAINT "model_usage_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "knowledge_sources_base_idx" ON "knowledge_sources" USING btree ("tenant_id","knowledge_base_id","created_at");--> statement-breakpoint
CREATE INDEX "knowledge_sources_due_idx" ON "knowledge_sources" USING btree ("tenant_id","next_crawl_at");--> statement-breakpoint
CREATE INDEX "source_pages_state_idx" ON "source_pages" USING btree ("tenant_id","source_id","state","depth","id");--> statement-breakpoint
CREATE INDEX "source_pages_document_idx" ON "source_pages" USING btree ("tenant_id","document_id");--> statement-breakpoint
CREATE INDEX "api_threads_digest_idx" ON "api_threads" USING btree ("tenant_id","api_key_id","digest");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_name_key" ON "plans" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_default_key" ON "plans" USING btree ("is_default") WHERE is_default;--> statement-breakpoint
CREATE INDEX "budget_reservations_bot_idx" ON "budget_reservations" USING btree ("tenant_id","bot_id");--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_tenant_id_source_id_knowledge_sources_tenant_id_id_fk" FOREIGN KEY ("tenant_id","source_id") REFERENCES "public"."knowledge_sources"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answers_created_idx" ON "answers" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "answers_unanswered_idx" ON "answers" USING btree ("tenant_id","created_at") WHERE mode in ('abstained', 'withheld');--> statement-breakpoint
CREATE INDEX "answers_comment_idx" ON "answers" USING btree ("tenant_id","created_at") WHERE rating_comment is not null;--> statement-breakpoint
CREATE INDEX "tenant_directory_bot_idx" ON "tenant_directory" USING btree ("tenant","bot");--> statement-breakpoint
CREATE INDEX "documents_source_idx" ON "documents" USING btree ("tenant_id","source_id");--> statement-breakpoint
CREATE UNIQUE INDEX "vector_spaces_model_key" ON "vector_spaces" USING btree ("tenant_id","knowledge_base_id","model","dimensions");--> statement-breakpoint
CREATE UNIQUE INDEX "vector_spaces_active_key" ON "vector_spaces" USING btree ("tenant_id","knowledge_base_id") WHERE "vector_spaces"."status" = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "vector_spaces_building_key" ON "vector_spaces" USING btree ("tenant_id","knowledge_base_id") WHERE "vector_spaces"."status" = 'building';--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "api_keys" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "bot_prompt_versions" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "knowledge_sources" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "source_pages" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "api_threads" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "plan_uses" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "tenant_plans" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "budget_reservations" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "budgets" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "model_prices" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "model_usage" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "model_connections" ADD CONSTRAINT "model_connections_tenant_id_purpose_provider_pk" PRIMARY KEY("tenant_id","purpose","provider");
