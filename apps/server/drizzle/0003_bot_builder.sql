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
ALTER TABLE "model_connections" DROP CONSTRAINT "model_connections_tenant_id_provider_pk";--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "public_page" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "api_key_id" uuid;--> statement-breakpoint
ALTER TABLE "tenant_directory" ADD COLUMN "bot" uuid;--> statement-breakpoint
ALTER TABLE "model_connections" ADD COLUMN "purpose" text DEFAULT 'answering' NOT NULL;--> statement-breakpoint
ALTER TABLE "model_connections" ADD COLUMN "dimensions" integer;--> statement-breakpoint
ALTER TABLE "model_connections" ADD COLUMN "last_test_failed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_threads" ADD CONSTRAINT "api_threads_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_uses" ADD CONSTRAINT "plan_uses_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_plans" ADD CONSTRAINT "tenant_plans_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_plans" ADD CONSTRAINT "tenant_plans_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_threads_digest_idx" ON "api_threads" USING btree ("tenant_id","api_key_id","digest");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_name_key" ON "plans" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_default_key" ON "plans" USING btree ("is_default") WHERE is_default;--> statement-breakpoint
CREATE INDEX "tenant_directory_bot_idx" ON "tenant_directory" USING btree ("tenant","bot");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "api_keys" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "api_threads" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "plan_uses" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "tenant_plans" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
ALTER TABLE "model_connections" ADD CONSTRAINT "model_connections_tenant_id_purpose_provider_pk" PRIMARY KEY("tenant_id","purpose","provider");
