ALTER TABLE "sandbox_ledger" ADD COLUMN "payment_id" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "sandbox_ledger" ADD COLUMN "operation_id" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "sandbox_ledger" ADD COLUMN "settles_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "sandbox_ledger" ADD COLUMN "reported" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "sandbox_ledger" ALTER COLUMN "reported" SET DEFAULT false;
--> statement-breakpoint
CREATE INDEX "sandbox_ledger_unreported" ON "sandbox_ledger" USING btree ("settles_at") WHERE NOT "reported";
