CREATE TABLE "sent_mails" (
	"id" text PRIMARY KEY NOT NULL,
	"taken_until" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone
);
