CREATE TABLE "bot_prompt_checks" (
	"tenant_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"content_sha256" text NOT NULL,
	"settings_sha256" text NOT NULL,
	"run_id" uuid NOT NULL,
	"passed_cases" uuid[] NOT NULL,
	"failed_cases" uuid[] NOT NULL,
	"checked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bot_prompt_checks_tenant_id_bot_id_content_sha256_pk" PRIMARY KEY("tenant_id","bot_id","content_sha256")
);--> statement-breakpoint
ALTER TABLE "bot_prompt_checks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
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
CREATE TABLE "evaluation_cases" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"question" text NOT NULL,
	"history" jsonb NOT NULL,
	"question_hash" text NOT NULL,
	"expects" text NOT NULL,
	"gold_answers" text[] NOT NULL,
	"must_contain" text[] NOT NULL,
	"gold_document_id" uuid,
	"gold_quote" text,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"origin" text NOT NULL,
	"origin_id" uuid,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluation_cases_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "evaluation_cases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "evaluation_results" (
	"tenant_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"content" jsonb NOT NULL,
	"former_answer_id" uuid,
	"passed" boolean,
	"reason" text,
	"answer" jsonb,
	"scores" jsonb,
	"latency_ms" real,
	"cost" numeric(12, 6),
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "evaluation_results_tenant_id_run_id_item_id_pk" PRIMARY KEY("tenant_id","run_id","item_id")
);--> statement-breakpoint
ALTER TABLE "evaluation_results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "evaluation_runs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"conversation_id" uuid,
	"name" text,
	"status" text NOT NULL,
	"failure" text,
	"prompt_id" uuid,
	"prompt_version" integer,
	"prompt" text NOT NULL,
	"prompt_sha256" text NOT NULL,
	"settings" jsonb NOT NULL,
	"bot_settings_sha256" text NOT NULL,
	"is_whole" boolean NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"passed" integer DEFAULT 0 NOT NULL,
	"cost" numeric(12, 6) DEFAULT 0 NOT NULL,
	"summary" jsonb,
	"started_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "evaluation_runs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "evaluation_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "intent_models" (
	"tenant_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"trained_revision" integer,
	"trained_at" timestamp (3) with time zone,
	"accuracy" real,
	"model" "bytea",
	CONSTRAINT "intent_models_tenant_id_bot_id_pk" PRIMARY KEY("tenant_id","bot_id")
);--> statement-breakpoint
ALTER TABLE "intent_models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "intents" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"name" text NOT NULL,
	"examples" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "intents_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "intents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "problem_articles" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"problem_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"title" text NOT NULL,
	"content" text NOT NULL,
	"status" text NOT NULL,
	"written_by" text NOT NULL,
	"fallback_reason" text,
	"sources" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"document_id" uuid,
	"created_by" uuid,
	"decided_by" uuid,
	"decided_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "problem_articles_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "problem_articles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "problem_clusterings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"status" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"problems_before" integer,
	"problems_after" integer,
	"failure" text,
	"requested_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "problem_clusterings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "problem_clusterings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "problem_occurrences" (
	"tenant_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"bot_id" uuid NOT NULL,
	"question_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"question" text NOT NULL,
	"language" text,
	"comment" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "problem_occurrences_tenant_id_answer_id_kind_pk" PRIMARY KEY("tenant_id","answer_id","kind")
);--> statement-breakpoint
ALTER TABLE "problem_occurrences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "problem_questions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"problem_id" uuid NOT NULL,
	"question" text NOT NULL,
	"words_hash" text NOT NULL,
	"language" text,
	"is_placed" boolean DEFAULT false NOT NULL,
	"vector" real[],
	"vector_model" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "problem_questions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "problem_questions_words_key" UNIQUE("tenant_id","bot_id","words_hash")
);--> statement-breakpoint
ALTER TABLE "problem_questions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "problem_tests" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"problem_id" uuid NOT NULL,
	"article_id" uuid,
	"status" text NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"results" jsonb NOT NULL,
	"answered_share" real,
	"failure" text,
	"requested_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "problem_tests_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "problem_tests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "portal_settings" (
	"tenant_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "portal_settings_tenant_id_pk" PRIMARY KEY("tenant_id")
);--> statement-breakpoint
ALTER TABLE "portal_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
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
ALTER TABLE "answers" ADD COLUMN "contradictions" integer;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "verify_ms" real;--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "rating_score" real;--> statement-breakpoint
ALTER TABLE "citations" ADD COLUMN "source_updated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "problems" ADD COLUMN "last_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "problems" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "problems" ADD COLUMN "resolved_by" text;--> statement-breakpoint
ALTER TABLE "problems" ADD COLUMN "reopened_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "bot_prompt_versions" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "bot_prompts" ADD COLUMN "settings" jsonb;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "judge_claims" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "publish_min_pass_rate" real;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "publish_max_regressions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bots" ADD COLUMN "personality_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "refreshed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "knowledge_bases" ADD COLUMN "stale_after_days" integer DEFAULT 180 NOT NULL;--> statement-breakpoint
ALTER TABLE "search_segments" ADD COLUMN "format" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "bot_prompt_checks" ADD CONSTRAINT "bot_prompt_checks_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crag_evaluations" ADD CONSTRAINT "crag_evaluations_tenant_id_knowledge_base_id_knowledge_bases_tenant_id_id_fk" FOREIGN KEY ("tenant_id","knowledge_base_id") REFERENCES "public"."knowledge_bases"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_cases" ADD CONSTRAINT "evaluation_cases_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_results" ADD CONSTRAINT "evaluation_results_tenant_id_run_id_evaluation_runs_tenant_id_id_fk" FOREIGN KEY ("tenant_id","run_id") REFERENCES "public"."evaluation_runs"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_runs" ADD CONSTRAINT "evaluation_runs_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_runs" ADD CONSTRAINT "evaluation_runs_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intent_models" ADD CONSTRAINT "intent_models_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intents" ADD CONSTRAINT "intents_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem_articles" ADD CONSTRAINT "problem_articles_tenant_id_problem_id_problems_tenant_id_id_fk" FOREIGN KEY ("tenant_id","problem_id") REFERENCES "public"."problems"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem_clusterings" ADD CONSTRAINT "problem_clusterings_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem_occurrences" ADD CONSTRAINT "problem_occurrences_tenant_id_question_id_problem_questions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","question_id") REFERENCES "public"."problem_questions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem_questions" ADD CONSTRAINT "problem_questions_tenant_id_problem_id_problems_tenant_id_id_fk" FOREIGN KEY ("tenant_id","problem_id") REFERENCES "public"."problems"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem_tests" ADD CONSTRAINT "problem_tests_tenant_id_problem_id_problems_tenant_id_id_fk" FOREIGN KEY ("tenant_id","problem_id") REFERENCES "public"."problems"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_settings" ADD CONSTRAINT "portal_settings_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_reviews" ADD CONSTRAINT "answer_reviews_tenant_id_answer_id_answers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","answer_id") REFERENCES "public"."answers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contradictions" ADD CONSTRAINT "contradictions_tenant_id_bot_id_bots_tenant_id_id_fk" FOREIGN KEY ("tenant_id","bot_id") REFERENCES "public"."bots"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "crag_evaluations_created_idx" ON "crag_evaluations" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "crag_evaluations_bot_idx" ON "crag_evaluations" USING btree ("tenant_id","bot_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluation_cases_question_key" ON "evaluation_cases" USING btree ("tenant_id","bot_id","question_hash");--> statement-breakpoint
CREATE INDEX "evaluation_cases_created_idx" ON "evaluation_cases" USING btree ("tenant_id","bot_id","created_at");--> statement-breakpoint
CREATE INDEX "evaluation_results_position_idx" ON "evaluation_results" USING btree ("tenant_id","run_id","position");--> statement-breakpoint
CREATE INDEX "evaluation_runs_created_idx" ON "evaluation_runs" USING btree ("tenant_id","bot_id","created_at");--> statement-breakpoint
CREATE INDEX "evaluation_runs_conversation_idx" ON "evaluation_runs" USING btree ("tenant_id","conversation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "intents_name_key" ON "intents" USING btree ("tenant_id","bot_id",lower("name"));--> statement-breakpoint
CREATE INDEX "problem_articles_problem_idx" ON "problem_articles" USING btree ("tenant_id","problem_id","created_at");--> statement-breakpoint
CREATE INDEX "problem_clusterings_bot_idx" ON "problem_clusterings" USING btree ("tenant_id","bot_id","created_at");--> statement-breakpoint
CREATE INDEX "problem_occurrences_question_idx" ON "problem_occurrences" USING btree ("tenant_id","question_id","created_at");--> statement-breakpoint
CREATE INDEX "problem_questions_problem_idx" ON "problem_questions" USING btree ("tenant_id","problem_id");--> statement-breakpoint
CREATE INDEX "problem_questions_seen_idx" ON "problem_questions" USING btree ("tenant_id","bot_id","last_seen_at");--> statement-breakpoint
CREATE INDEX "problem_tests_problem_idx" ON "problem_tests" USING btree ("tenant_id","problem_id","created_at");--> statement-breakpoint
CREATE INDEX "contradictions_seen_idx" ON "contradictions" USING btree ("tenant_id","status","last_seen_at");--> statement-breakpoint
ALTER TABLE "bots" ADD CONSTRAINT "bots_tenant_id_personality_id_bot_prompts_tenant_id_id_fk" FOREIGN KEY ("tenant_id","personality_id") REFERENCES "public"."bot_prompts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "problems_status_idx" ON "problems" USING btree ("tenant_id","status","occurrences");--> statement-breakpoint
CREATE UNIQUE INDEX "bot_prompts_personality_key" ON "bot_prompts" USING btree ("tenant_id","name") WHERE bot_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "bot_prompts_default_key" ON "bot_prompts" USING btree ("tenant_id") WHERE bot_id is null and is_active;--> statement-breakpoint
CREATE INDEX "bots_personality_idx" ON "bots" USING btree ("tenant_id","personality_id");--> statement-breakpoint
ALTER TABLE "search_indexes" DROP COLUMN "total_length";--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "bot_prompt_checks" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "crag_evaluations" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "evaluation_cases" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "evaluation_results" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "evaluation_runs" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "intent_models" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "intents" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "problem_articles" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "problem_clusterings" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "problem_occurrences" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "problem_questions" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "problem_tests" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "portal_settings" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "answer_reviews" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "contradictions" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
