CREATE TABLE "handoff_briefs" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"escalation_id" uuid,
	"asked" text NOT NULL,
	"tried" text[] NOT NULL,
	"found" jsonb NOT NULL,
	"feeling" text NOT NULL,
	"severity" text NOT NULL,
	"intent" text NOT NULL,
	"language" text NOT NULL,
	"reason" text,
	"by_model" boolean NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "handoff_briefs_tenant_id_conversation_id_pk" PRIMARY KEY("tenant_id","conversation_id")
);--> statement-breakpoint
ALTER TABLE "handoff_briefs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "label_examples" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "label_examples_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "label_examples" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "label_models" (
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"revision" integer NOT NULL,
	"trained_revision" integer,
	"trained_at" timestamp (3) with time zone,
	"accuracy" real,
	"model" "bytea",
	CONSTRAINT "label_models_tenant_id_kind_pk" PRIMARY KEY("tenant_id","kind")
);--> statement-breakpoint
ALTER TABLE "label_models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "automation_firings" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_name" text NOT NULL,
	"rule_version" integer NOT NULL,
	"conversation_id" uuid NOT NULL,
	"trigger_event" text NOT NULL,
	"event_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"chain" uuid[] NOT NULL,
	"conditions" jsonb NOT NULL,
	"actions" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "automation_firings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "automation_firings_event_key" UNIQUE("tenant_id","rule_id","event_id")
);--> statement-breakpoint
ALTER TABLE "automation_firings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "automation_rule_versions" (
	"tenant_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"trigger_event" text NOT NULL,
	"conditions" jsonb NOT NULL,
	"actions" jsonb NOT NULL,
	"priority" integer NOT NULL,
	"saved_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "automation_rule_versions_tenant_id_rule_id_version_pk" PRIMARY KEY("tenant_id","rule_id","version")
);--> statement-breakpoint
ALTER TABLE "automation_rule_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "automation_rules" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"trigger_event" text NOT NULL,
	"conditions" jsonb NOT NULL,
	"actions" jsonb NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"tested_version" integer,
	"tested_at" timestamp (3) with time zone,
	"tested_scanned" integer,
	"tested_matched" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "automation_rules_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "automation_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "communication_connections" (
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed_credentials" text NOT NULL,
	"status" text DEFAULT 'connected' NOT NULL,
	"last_error" text,
	"last_error_at" timestamp (3) with time zone,
	"connected_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "communication_connections_tenant_id_kind_pk" PRIMARY KEY("tenant_id","kind")
);--> statement-breakpoint
ALTER TABLE "communication_connections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "communication_messages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"text" text,
	"sealed" text,
	"idempotency_key" text,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"uncertain_since" timestamp (3) with time zone,
	"provider_id" text,
	"failure" text,
	"sent_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "communication_messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "communication_messages_idempotency_key" UNIQUE("tenant_id","idempotency_key")
);--> statement-breakpoint
ALTER TABLE "communication_messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "message_attachments" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"message_id" uuid,
	"file_name" text NOT NULL,
	"content_type" text NOT NULL,
	"size" integer NOT NULL,
	"blob_key" text NOT NULL,
	"uploaded_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_attachments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "message_attachments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "canned_replies" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"shortcut" text NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "canned_replies_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "canned_replies_shortcut_key" UNIQUE("tenant_id","shortcut","language")
);--> statement-breakpoint
ALTER TABLE "canned_replies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "saved_views" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "saved_views_name_key" UNIQUE("tenant_id","owner_id","name")
);--> statement-breakpoint
ALTER TABLE "saved_views" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "customer_codes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"address" text NOT NULL,
	"sealed_hash" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_codes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "customer_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "customer_identities" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"provider" text DEFAULT '' NOT NULL,
	"value" text NOT NULL,
	"verified_at" timestamp (3) with time zone,
	"source" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"merge_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_identities_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "customer_identities_value_key" UNIQUE("tenant_id","kind","provider","value")
);--> statement-breakpoint
ALTER TABLE "customer_identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "customer_merges" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"target_id" uuid NOT NULL,
	"snapshot" jsonb NOT NULL,
	"target_version" integer NOT NULL,
	"merged_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"undone_by" text,
	CONSTRAINT "customer_merges_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "customer_merges" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identity_secrets" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"sealed_secret" text NOT NULL,
	"sealed_previous" text,
	"previous_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);--> statement-breakpoint
ALTER TABLE "identity_secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "agent_presence" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"status" text NOT NULL,
	"set_by_sweep" boolean DEFAULT false NOT NULL,
	"max_concurrent" integer,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	"there_until" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agent_presence_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);--> statement-breakpoint
ALTER TABLE "agent_presence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "routing_settings" (
	"tenant_id" uuid NOT NULL,
	"default_capacity" integer NOT NULL,
	"away_after_minutes" integer NOT NULL,
	"auto_assign" boolean NOT NULL,
	"promises" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "routing_settings_tenant_id_pk" PRIMARY KEY("tenant_id")
);--> statement-breakpoint
ALTER TABLE "routing_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "slack_events" (
	"tenant_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"swarm_id" uuid NOT NULL,
	"ts" text NOT NULL,
	"act" text DEFAULT 'said' NOT NULL,
	"message_ts" text,
	"slack_user_id" text NOT NULL,
	"text" text,
	"taken_in_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "slack_events_tenant_id_event_id_pk" PRIMARY KEY("tenant_id","event_id")
);--> statement-breakpoint
ALTER TABLE "slack_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "swarm_mirrors" (
	"tenant_id" uuid NOT NULL,
	"swarm_id" uuid NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"failure" text,
	"channel_id" text,
	"channel_name" text,
	"wanted_name" text,
	"wanted_since" timestamp (3) with time zone,
	"has_topic" boolean DEFAULT false NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"holder" text,
	"held_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "swarm_mirrors_tenant_id_swarm_id_pk" PRIMARY KEY("tenant_id","swarm_id"),
	CONSTRAINT "swarm_mirrors_channel_key" UNIQUE("tenant_id","channel_id")
);--> statement-breakpoint
ALTER TABLE "swarm_mirrors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "customer_updates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resolution_id" uuid NOT NULL,
	"template" text NOT NULL,
	"content" text NOT NULL,
	"channel" text NOT NULL,
	"message_id" uuid NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "customer_updates_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "customer_updates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "resolution_etas" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resolution_id" uuid NOT NULL,
	"eta" timestamp (3) with time zone,
	"window_hours" integer,
	"reason" text,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resolution_etas_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "resolution_etas" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "resolution_updates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resolution_id" uuid NOT NULL,
	"type" text NOT NULL,
	"visibility" text NOT NULL,
	"content" text NOT NULL,
	"client_id" text,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resolution_updates_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "resolution_updates_client_key" UNIQUE("tenant_id","resolution_id","client_id")
);--> statement-breakpoint
ALTER TABLE "resolution_updates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "resolutions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"issue_type" text NOT NULL,
	"owning_team" text NOT NULL,
	"owner_id" uuid,
	"status" text NOT NULL,
	"priority" text NOT NULL,
	"eta" timestamp (3) with time zone,
	"eta_window_hours" integer,
	"eta_updated_at" timestamp (3) with time zone,
	"root_cause" text,
	"root_cause_category" text,
	"fix_description" text,
	"affected_systems" text[] DEFAULT '{}' NOT NULL,
	"sla_started_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "resolutions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "resolutions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "swarm_messages" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"swarm_id" uuid NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"text" text NOT NULL,
	"client_id" text,
	"slack_ts" text,
	"slack_tried_at" timestamp (3) with time zone,
	"slack_user_id" text,
	"edited_at" timestamp (3) with time zone,
	"slack_edit_ts" text,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "swarm_messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "swarm_messages_client_key" UNIQUE("tenant_id","swarm_id","client_id"),
	CONSTRAINT "swarm_messages_slack_key" UNIQUE("tenant_id","swarm_id","slack_ts")
);--> statement-breakpoint
ALTER TABLE "swarm_messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "swarm_participants" (
	"tenant_id" uuid NOT NULL,
	"swarm_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"slack_invite" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "swarm_participants_tenant_id_swarm_id_user_id_pk" PRIMARY KEY("tenant_id","swarm_id","user_id")
);--> statement-breakpoint
ALTER TABLE "swarm_participants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "swarms" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"resolution_id" uuid NOT NULL,
	"lead_id" uuid NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "swarms_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "swarms" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "business_calendars" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"timezone" text NOT NULL,
	"hours" jsonb NOT NULL,
	"holidays" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "business_calendars_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "business_calendars_name_key" UNIQUE("tenant_id","name")
);--> statement-breakpoint
ALTER TABLE "business_calendars" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_clocks" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"terms" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"target_ms" bigint,
	"elapsed_ms" bigint NOT NULL,
	"running_since" timestamp (3) with time zone,
	"paused_at" timestamp (3) with time zone,
	"warn_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone,
	"warned_at" timestamp (3) with time zone,
	"breached_at" timestamp (3) with time zone,
	"met_at" timestamp (3) with time zone,
	"next_at" timestamp (3) with time zone,
	"sequence" bigint NOT NULL,
	"status" text NOT NULL,
	"severity" text,
	CONSTRAINT "sla_clocks_tenant_id_conversation_id_kind_pk" PRIMARY KEY("tenant_id","conversation_id","kind")
);--> statement-breakpoint
ALTER TABLE "sla_clocks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_firings" (
	"tenant_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"what" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sla_firings_tenant_id_conversation_id_kind_what_pk" PRIMARY KEY("tenant_id","conversation_id","kind","what")
);--> statement-breakpoint
ALTER TABLE "sla_firings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sla_policies" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"tier" text NOT NULL,
	"targets" jsonb NOT NULL,
	"calendar_id" uuid,
	"pause_with_bot" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"active_since" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sla_policies_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "sla_policies_tier_key" UNIQUE("tenant_id","tier")
);--> statement-breakpoint
ALTER TABLE "sla_policies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "survey_invitations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"survey_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"bot_id" uuid,
	"agent_id" uuid,
	"channel" text NOT NULL,
	"token_hash" text,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"mailed_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"dismissed_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "survey_invitations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "survey_invitations_once_key" UNIQUE("tenant_id","conversation_id","survey_id"),
	CONSTRAINT "survey_invitations_token_key" UNIQUE("tenant_id","token_hash")
);--> statement-breakpoint
ALTER TABLE "survey_invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "survey_responses" (
	"tenant_id" uuid NOT NULL,
	"invitation_id" uuid NOT NULL,
	"answers" jsonb NOT NULL,
	"score" integer,
	"comment" text,
	"survey_version" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "survey_responses_tenant_id_invitation_id_pk" PRIMARY KEY("tenant_id","invitation_id")
);--> statement-breakpoint
ALTER TABLE "survey_responses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "surveys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"questions" jsonb NOT NULL,
	"trigger" jsonb NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "surveys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);--> statement-breakpoint
ALTER TABLE "surveys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "conversations_customer_idx";--> statement-breakpoint
DROP INDEX "conversations_member_idx";--> statement-breakpoint
ALTER TABLE "budget_reservations" ALTER COLUMN "bot_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "visitor_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "required_skills" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "queued_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "severity" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "intent" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "sentiment" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "set_by_hand" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "summary" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "channels_used" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "message_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "first_response_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "snoozed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "sla_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "sla_breached" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "agent_read_sequence" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "customer_read_sequence" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "company" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "avatar_url" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "status" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "sla_tier" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "segments" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "risk_flags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "metadata" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "priority" text DEFAULT 'normal' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "internal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "channel" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "content_type" text DEFAULT 'text' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "markup" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "attachment_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "delivery" text DEFAULT 'sent' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "annotations" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "deleted_by" uuid;--> statement-breakpoint
ALTER TABLE "handoff_briefs" ADD CONSTRAINT "handoff_briefs_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_firings" ADD CONSTRAINT "automation_firings_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_rule_versions" ADD CONSTRAINT "automation_rule_versions_tenant_id_rule_id_automation_rules_tenant_id_id_fk" FOREIGN KEY ("tenant_id","rule_id") REFERENCES "public"."automation_rules"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_rules" ADD CONSTRAINT "automation_rules_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_connections" ADD CONSTRAINT "communication_connections_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "communication_messages" ADD CONSTRAINT "communication_messages_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_attachments" ADD CONSTRAINT "message_attachments_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canned_replies" ADD CONSTRAINT "canned_replies_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_codes" ADD CONSTRAINT "customer_codes_tenant_id_customer_id_customers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_identities" ADD CONSTRAINT "customer_identities_tenant_id_customer_id_customers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_tenant_id_source_id_customers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","source_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_tenant_id_target_id_customers_tenant_id_id_fk" FOREIGN KEY ("tenant_id","target_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_secrets" ADD CONSTRAINT "identity_secrets_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_presence" ADD CONSTRAINT "agent_presence_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_presence" ADD CONSTRAINT "agent_presence_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routing_settings" ADD CONSTRAINT "routing_settings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slack_events" ADD CONSTRAINT "slack_events_tenant_id_swarm_id_swarms_tenant_id_id_fk" FOREIGN KEY ("tenant_id","swarm_id") REFERENCES "public"."swarms"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swarm_mirrors" ADD CONSTRAINT "swarm_mirrors_tenant_id_swarm_id_swarms_tenant_id_id_fk" FOREIGN KEY ("tenant_id","swarm_id") REFERENCES "public"."swarms"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_updates" ADD CONSTRAINT "customer_updates_tenant_id_resolution_id_resolutions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","resolution_id") REFERENCES "public"."resolutions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolution_etas" ADD CONSTRAINT "resolution_etas_tenant_id_resolution_id_resolutions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","resolution_id") REFERENCES "public"."resolutions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolution_updates" ADD CONSTRAINT "resolution_updates_tenant_id_resolution_id_resolutions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","resolution_id") REFERENCES "public"."resolutions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swarm_messages" ADD CONSTRAINT "swarm_messages_tenant_id_swarm_id_swarms_tenant_id_id_fk" FOREIGN KEY ("tenant_id","swarm_id") REFERENCES "public"."swarms"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swarm_participants" ADD CONSTRAINT "swarm_participants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swarm_participants" ADD CONSTRAINT "swarm_participants_tenant_id_swarm_id_swarms_tenant_id_id_fk" FOREIGN KEY ("tenant_id","swarm_id") REFERENCES "public"."swarms"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "swarms" ADD CONSTRAINT "swarms_tenant_id_resolution_id_resolutions_tenant_id_id_fk" FOREIGN KEY ("tenant_id","resolution_id") REFERENCES "public"."resolutions"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "business_calendars" ADD CONSTRAINT "business_calendars_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_clocks" ADD CONSTRAINT "sla_clocks_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_firings" ADD CONSTRAINT "sla_firings_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_policies" ADD CONSTRAINT "sla_policies_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sla_policies" ADD CONSTRAINT "sla_policies_tenant_id_calendar_id_business_calendars_tenant_id_id_fk" FOREIGN KEY ("tenant_id","calendar_id") REFERENCES "public"."business_calendars"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_invitations" ADD CONSTRAINT "survey_invitations_tenant_id_survey_id_surveys_tenant_id_id_fk" FOREIGN KEY ("tenant_id","survey_id") REFERENCES "public"."surveys"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_invitations" ADD CONSTRAINT "survey_invitations_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_responses" ADD CONSTRAINT "survey_responses_tenant_id_invitation_id_survey_invitations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","invitation_id") REFERENCES "public"."survey_invitations"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "surveys" ADD CONSTRAINT "surveys_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "label_examples_kind_idx" ON "label_examples" USING btree ("tenant_id","kind","label","id");--> statement-breakpoint
CREATE INDEX "automation_firings_conversation_idx" ON "automation_firings" USING btree ("tenant_id","conversation_id","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_firings_rule_idx" ON "automation_firings" USING btree ("tenant_id","rule_id","created_at");--> statement-breakpoint
CREATE INDEX "automation_rules_trigger_idx" ON "automation_rules" USING btree ("tenant_id","trigger_event","enabled");--> statement-breakpoint
CREATE INDEX "communication_messages_created_idx" ON "communication_messages" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "communication_messages_recipient_idx" ON "communication_messages" USING btree ("tenant_id","recipient");--> statement-breakpoint
CREATE INDEX "message_attachments_message_idx" ON "message_attachments" USING btree ("tenant_id","message_id");--> statement-breakpoint
CREATE INDEX "saved_views_shared_idx" ON "saved_views" USING btree ("tenant_id","shared","name");--> statement-breakpoint
CREATE INDEX "customer_codes_address_idx" ON "customer_codes" USING btree ("tenant_id","address","created_at");--> statement-breakpoint
CREATE INDEX "customer_codes_created_idx" ON "customer_codes" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "customer_identities_customer_idx" ON "customer_identities" USING btree ("tenant_id","customer_id");--> statement-breakpoint
CREATE INDEX "customer_merges_target_idx" ON "customer_merges" USING btree ("tenant_id","target_id","target_version");--> statement-breakpoint
CREATE INDEX "customer_merges_source_idx" ON "customer_merges" USING btree ("tenant_id","source_id");--> statement-breakpoint
CREATE INDEX "agent_presence_there_idx" ON "agent_presence" USING btree ("tenant_id","there_until");--> statement-breakpoint
CREATE INDEX "slack_events_swarm_idx" ON "slack_events" USING btree ("tenant_id","swarm_id","taken_in_at","ts");--> statement-breakpoint
CREATE INDEX "customer_updates_resolution_idx" ON "customer_updates" USING btree ("tenant_id","resolution_id","created_at","id");--> statement-breakpoint
CREATE INDEX "resolution_etas_resolution_idx" ON "resolution_etas" USING btree ("tenant_id","resolution_id","created_at","id");--> statement-breakpoint
CREATE INDEX "resolution_updates_resolution_idx" ON "resolution_updates" USING btree ("tenant_id","resolution_id","created_at","id");--> statement-breakpoint
CREATE INDEX "resolutions_conversation_idx" ON "resolutions" USING btree ("tenant_id","conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "resolutions_status_idx" ON "resolutions" USING btree ("tenant_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "resolutions_recent_idx" ON "resolutions" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "resolutions_owner_idx" ON "resolutions" USING btree ("tenant_id","owner_id","status");--> statement-breakpoint
CREATE INDEX "swarm_messages_swarm_idx" ON "swarm_messages" USING btree ("tenant_id","swarm_id","created_at","id");--> statement-breakpoint
CREATE INDEX "swarms_resolution_idx" ON "swarms" USING btree ("tenant_id","resolution_id","created_at");--> statement-breakpoint
CREATE INDEX "swarms_status_idx" ON "swarms" USING btree ("tenant_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "sla_clocks_next_idx" ON "sla_clocks" USING btree ("tenant_id","next_at");--> statement-breakpoint
CREATE INDEX "survey_invitations_sent_idx" ON "survey_invitations" USING btree ("tenant_id","survey_id","sent_at");--> statement-breakpoint
CREATE INDEX "surveys_created_idx" ON "surveys" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "conversations_resolved_idx" ON "conversations" USING btree ("tenant_id","customer_id","resolved_at","id") WHERE resolved_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_visitor_idx" ON "conversations" USING btree ("tenant_id","visitor_id") WHERE visitor_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_queue_idx" ON "conversations" USING btree ("tenant_id","queued_at","id") WHERE queued_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_assignee_idx" ON "conversations" USING btree ("tenant_id","assignee_id","status");--> statement-breakpoint
CREATE INDEX "conversations_recent_idx" ON "conversations" USING btree ("tenant_id","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_created_idx" ON "conversations" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "conversations_due_idx" ON "conversations" USING btree ("tenant_id","sla_due_at","id") WHERE sla_due_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_team_idx" ON "conversations" USING btree ("tenant_id","team_id","last_message_at");--> statement-breakpoint
CREATE INDEX "conversations_severity_idx" ON "conversations" USING btree ("tenant_id","severity","last_message_at");--> statement-breakpoint
CREATE INDEX "conversations_channel_idx" ON "conversations" USING btree ("tenant_id","channel","last_message_at");--> statement-breakpoint
CREATE INDEX "conversations_breached_idx" ON "conversations" USING btree ("tenant_id","last_message_at") WHERE sla_breached;--> statement-breakpoint
CREATE INDEX "conversations_snoozed_idx" ON "conversations" USING btree ("tenant_id","snoozed_until") WHERE snoozed_until is not null;--> statement-breakpoint
CREATE INDEX "conversations_tags_idx" ON "conversations" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "customers_email_idx" ON "customers" USING btree ("tenant_id","email");--> statement-breakpoint
CREATE INDEX "customers_merged_idx" ON "customers" USING btree ("tenant_id","merged_into_id");--> statement-breakpoint
CREATE INDEX "messages_said_idx" ON "messages" USING btree ("tenant_id","conversation_id","created_at","id") WHERE deleted_at is null and text <> '';--> statement-breakpoint
CREATE INDEX "messages_words_idx" ON "messages" USING gin (to_tsvector('simple', "text")) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "conversations_customer_idx" ON "conversations" USING btree ("tenant_id","customer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "conversations_member_idx" ON "conversations" USING btree ("tenant_id","member_id","created_at") WHERE member_id is not null;--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "handoff_briefs" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "label_examples" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "label_models" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "automation_firings" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "automation_rule_versions" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "automation_rules" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "communication_connections" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "communication_messages" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "message_attachments" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "canned_replies" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "saved_views" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "customer_codes" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "customer_identities" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "customer_merges" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "identity_secrets" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "agent_presence" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "routing_settings" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "slack_events" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "swarm_mirrors" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "customer_updates" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "resolution_etas" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "resolution_updates" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "resolutions" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "swarm_messages" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "swarm_participants" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "swarms" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "business_calendars" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "sla_clocks" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "sla_firings" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "sla_policies" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "survey_invitations" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "survey_responses" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "surveys" AS PERMISSIVE FOR ALL TO "parlance_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
