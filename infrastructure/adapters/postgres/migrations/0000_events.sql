CREATE TABLE "events" (
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "events_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"stream_id" text NOT NULL,
	"revision" integer NOT NULL,
	"id" text NOT NULL,
	"type" text NOT NULL,
	"schema_version" integer NOT NULL,
	"context" text NOT NULL,
	"occurred_at" text NOT NULL,
	"subject_id" text,
	"actor" jsonb NOT NULL,
	"command_id" text NOT NULL,
	"correlation_id" text NOT NULL,
	"causation_id" text,
	"traceparent" text,
	"data" jsonb NOT NULL,
	CONSTRAINT "events_log" PRIMARY KEY("xid","position")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "events_stream_revision" ON "events" USING btree ("stream_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "events_stream_id" ON "events" USING btree ("stream_id","id");