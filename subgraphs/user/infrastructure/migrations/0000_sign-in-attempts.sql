CREATE UNLOGGED TABLE "sign_in_attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"attempts" integer NOT NULL,
	"last" timestamp (3) with time zone NOT NULL
);
