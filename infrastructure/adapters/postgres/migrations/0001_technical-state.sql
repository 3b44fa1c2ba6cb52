CREATE TABLE "checkpoints" (
	"name" text PRIMARY KEY NOT NULL,
	"position" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text,
	"epoch" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"scope" text NOT NULL,
	"value" text NOT NULL,
	"owner_id" text NOT NULL,
	"pending" boolean NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "claims_value" PRIMARY KEY("scope","value")
);
--> statement-breakpoint
CREATE TABLE "dev_mailbox" (
	"id" text PRIMARY KEY NOT NULL,
	"place" bigint GENERATED ALWAYS AS IDENTITY (sequence name "dev_mailbox_place_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"payload_hash" text NOT NULL,
	"command_id" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL,
	"outcome" json
);
--> statement-breakpoint
CREATE TABLE "parked_messages" (
	"place" bigint GENERATED ALWAYS AS IDENTITY (sequence name "parked_messages_place_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"consumer_group" text NOT NULL,
	"id" text NOT NULL,
	"topic" text NOT NULL,
	"key" text NOT NULL,
	"message" json,
	"cause" text NOT NULL,
	"parked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "parked_messages_id" PRIMARY KEY("consumer_group","id")
);
--> statement-breakpoint
CREATE TABLE "person_keys" (
	"subject_id" text PRIMARY KEY NOT NULL,
	"wrapped" "bytea",
	"destroyed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"payload" json,
	"fired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "claims_pending" ON "claims" USING btree ("expires_at") WHERE "claims"."pending";--> statement-breakpoint
CREATE INDEX "dev_mailbox_place" ON "dev_mailbox" USING btree ("place");--> statement-breakpoint
CREATE INDEX "idempotency_runs_started" ON "idempotency_runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "parked_messages_key" ON "parked_messages" USING btree ("consumer_group","key");--> statement-breakpoint
CREATE INDEX "parked_messages_place" ON "parked_messages" USING btree ("place");--> statement-breakpoint
CREATE INDEX "timers_waiting" ON "timers" USING btree ("kind","due_at","id") WHERE "timers"."fired_at" is null;