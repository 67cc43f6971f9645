CREATE TABLE "crag_evaluations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"knowledge_base_id" uuid NOT NULL,
	"bot_id" uuid,
	"question" text NOT NULL,
	"language" text NOT NULL,
	"verdict" text NOT NULL,
	"confidence" real NOT NULL,
	"missing_terms" text[] NOT NULL,
	"refinement" text NOT NULL,
	"refined_query" text,
	"first_confidence" real NOT NULL,
	"evidence" jsonb NOT NULL,
	"ms" real NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "crag_evaluations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "crag_evaluations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "answer_reviews" (
	"tenant_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"note" text,
	"reviewer_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "answer_reviews_tenant_id_answer_id_pk" PRIMARY KEY("tenant_id","answer_id")
);--> statement-breakpoint
ALTER TABLE "answer_reviews" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contradictions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"pair_hash" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"first_place" jsonb NOT NULL,
	"second_place" jsonb NOT NULL,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"last_answer_id" uuid NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contradictions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "contradictions_pair_key" UNIQUE("tenant_id","bot_id","pair_hash")
);--> statement-breakpoint
ALTER TABLE "contradictions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "bot_prompts" ALTER COLUMN "bot_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "refinement" text;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "evidence_ms" real;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "checked_claims" integer;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "supported_claims" integer;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "verify_ms" real;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "source_updated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "bot_prompt_versions" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "bot_prompts" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "judge_claims" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "personality_id" uuid;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "refreshed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "knowledge_bases" ADD COLUMN "stale_after_days" integer DEFAULT 180 NOT NULL;--> statement-breakpoint
ALTER TABLE "crag_evaluations" ADD CONSTRAINT "crag_evaluations_tenant_id_knowledge_base_id_knowledge_bases_tenant_id_id_fk" FOREIGN KEY ("tenant_id","knowledge_base_id") REFERENCES "public"."knowledge_bases"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_reviews" ADD CONSTRAINT "answer_reviews_tenant_id_answer_id_answers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","answer_id") REFERENCES "public"."answers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "crag_evaluations_created_idx" ON "crag_evaluations" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "crag_evaluations_bot_idx" ON "crag_evaluations" USING btree ("tenant_id","bot_id","created_at");--> statement-breakpoint
CREATE INDEX "contradictions_seen_idx" ON "contradictions" USING btree ("tenant_id","status","last_seen_at");--> statement-breakpoint
ALTER TABLE "bots" ADD CONSTRAINT "bots_tenant_id_personality_id_bot_prompts_tenant_id_id_fk" FOREIGN KEY ("tenant_id","personality_id") REFERENCES "public"."bot_prompts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bot_prompts_personality_key" ON "bot_prompts" USING btree ("tenant_id","name") WHERE bot_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "bot_prompts_default_key" ON "bot_prompts" USING btree ("tenant_id") WHERE bot_id is null and is_active;--> statement-breakpoint
CREATE INDEX "bots_personality_idx" ON "bots" USING btree ("tenant_id","personality_id");--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crag_evaluations" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "answer_reviews" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "contradictions" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
