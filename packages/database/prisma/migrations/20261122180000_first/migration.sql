-- Tables, keys and indexes, as prisma/schema describes them.

-- CreateEnum
CREATE TYPE "reservation_state" AS ENUM ('ACTIVE', 'CONSUMED', 'RELEASED');

-- CreateEnum
CREATE TYPE "instance_status" AS ENUM ('ACTIVE', 'COMPLETED', 'TERMINATED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('WAITING', 'LEASED', 'INCIDENT');

-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('OPEN', 'COMPLETED', 'CANCELLED');

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "company_prefix" TEXT NOT NULL,
    "address" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "tenant_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "roles" TEXT[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("tenant_id","user_id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(6),
    "refresh_token_expires_at" TIMESTAMPTZ(6),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "credit_limit" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "return_window_days" INTEGER NOT NULL DEFAULT 0,
    "blocked" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "party_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "party_identifier" (
    "tenant_id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "party_id" UUID NOT NULL,

    CONSTRAINT "party_identifier_pkey" PRIMARY KEY ("tenant_id","scheme","value")
);

-- CreateTable
CREATE TABLE "sku" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "gtin" TEXT,
    "base_unit" TEXT NOT NULL,
    "list_price" DECIMAL(20,6) NOT NULL,
    "currency" TEXT NOT NULL,
    "weight_grams" INTEGER NOT NULL,
    "make_to_order" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "sku_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "sku_identifier" (
    "tenant_id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "owner" TEXT NOT NULL DEFAULT '',
    "sku_id" UUID NOT NULL,

    CONSTRAINT "sku_identifier_pkey" PRIMARY KEY ("tenant_id","scheme","value","owner")
);

-- CreateTable
CREATE TABLE "location" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "address" JSONB NOT NULL,

    CONSTRAINT "location_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "tenant_id" UUID NOT NULL,
    "sku_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "on_hand" DECIMAL(18,6) NOT NULL,
    "reserved" DECIMAL(18,6) NOT NULL DEFAULT 0,

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("tenant_id","sku_id","location_id")
);

-- CreateTable
CREATE TABLE "reservation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "sku_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,
    "quantity" DECIMAL(18,6) NOT NULL,
    "state" "reservation_state" NOT NULL DEFAULT 'ACTIVE',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "stock_transaction" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "stock_transaction_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "stock_entry" (
    "tenant_id" UUID NOT NULL,
    "transaction_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "sku_id" UUID NOT NULL,
    "quantity" DECIMAL(18,6) NOT NULL,

    CONSTRAINT "stock_entry_pkey" PRIMARY KEY ("tenant_id","transaction_id","sequence")
);

-- CreateTable
CREATE TABLE "intake_document" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "file_name" TEXT,
    "sha256" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "format" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "received_by" TEXT NOT NULL,
    "disposition" TEXT NOT NULL,
    "results" JSONB NOT NULL,
    "problems" JSONB NOT NULL,
    "acknowledgement" TEXT,

    CONSTRAINT "intake_document_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "order" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "po_number" TEXT NOT NULL,
    "party_id" UUID NOT NULL,
    "intake_document_id" UUID,
    "currency" TEXT NOT NULL,
    "total" BIGINT NOT NULL,
    "placed_at" TIMESTAMPTZ(6) NOT NULL,
    "ordered_on" DATE,
    "requested_delivery_on" DATE,
    "ship_to" JSONB NOT NULL,
    "notes" TEXT[],
    "approved_at" TIMESTAMPTZ(6),
    "cancelled_at" TIMESTAMPTZ(6),
    "cancel_reason" TEXT,
    "stock_short_at" TIMESTAMPTZ(6),
    "closed_at" TIMESTAMPTZ(6),
    "state" TEXT NOT NULL,

    CONSTRAINT "order_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "sku_id" UUID NOT NULL,
    "sku_code" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "ordered" DECIMAL(18,6) NOT NULL,
    "reserved" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "picked" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "packed" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "shipped" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "delivered" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "cancelled" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "ordered_unit" TEXT NOT NULL,
    "unit_price" DECIMAL(20,6) NOT NULL,
    "list_price" DECIMAL(20,6) NOT NULL,
    "total" BIGINT NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "hold" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(6) NOT NULL,
    "placed_by" TEXT NOT NULL,
    "released_at" TIMESTAMPTZ(6),
    "released_by" TEXT,
    "release_note" TEXT,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "shipment" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "carrier" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "carrier_ref" TEXT,
    "tracking_number" TEXT,
    "price" BIGINT,
    "currency" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "booked_at" TIMESTAMPTZ(6),
    "delivered_at" TIMESTAMPTZ(6),

    CONSTRAINT "shipment_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "parcel" (
    "tenant_id" UUID NOT NULL,
    "sscc" TEXT NOT NULL,
    "shipment_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "weight_grams" INTEGER NOT NULL,
    "length_mm" INTEGER NOT NULL,
    "width_mm" INTEGER NOT NULL,
    "height_mm" INTEGER NOT NULL,
    "label_document_id" UUID,

    CONSTRAINT "parcel_pkey" PRIMARY KEY ("tenant_id","sscc")
);

-- CreateTable
CREATE TABLE "document" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tracking_event" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "shipment_id" UUID NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "place" TEXT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "tracking_event_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "number_series" (
    "tenant_id" UUID NOT NULL,
    "series" TEXT NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "number_series_pkey" PRIMARY KEY ("tenant_id","series")
);

-- CreateTable
CREATE TABLE "process_definition" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "xml" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "deployed_at" TIMESTAMPTZ(6) NOT NULL,
    "deployed_by" TEXT NOT NULL,

    CONSTRAINT "process_definition_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "decision_definition" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "xml" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "deployed_at" TIMESTAMPTZ(6) NOT NULL,
    "deployed_by" TEXT NOT NULL,

    CONSTRAINT "decision_definition_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "form_definition" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "schema" JSON NOT NULL,
    "sha256" TEXT NOT NULL,
    "deployed_at" TIMESTAMPTZ(6) NOT NULL,
    "deployed_by" TEXT NOT NULL,

    CONSTRAINT "form_definition_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "process_instance" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "definition_id" UUID NOT NULL,
    "business_key" TEXT,
    "status" "instance_status" NOT NULL DEFAULT 'ACTIVE',
    "state" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "event_count" INTEGER NOT NULL DEFAULT 0,
    "parent_instance_id" UUID,
    "parent_call_id" TEXT,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "process_instance_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "process_event" (
    "tenant_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "element" TEXT,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "process_event_pkey" PRIMARY KEY ("tenant_id","instance_id","sequence")
);

-- CreateTable
CREATE TABLE "job" (
    "tenant_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "element" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'WAITING',
    "variables" JSONB NOT NULL,
    "attempts_left" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(6) NOT NULL,
    "leased_by" TEXT,
    "leased_until" TIMESTAMPTZ(6),
    "last_error" TEXT,

    CONSTRAINT "job_pkey" PRIMARY KEY ("tenant_id","instance_id","id")
);

-- CreateTable
CREATE TABLE "user_task" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "wait_id" TEXT NOT NULL,
    "order_id" UUID,
    "element" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "candidate_groups" TEXT[],
    "assignee" TEXT,
    "form" TEXT,
    "due_at" TIMESTAMPTZ(6),
    "state" "task_state" NOT NULL DEFAULT 'OPEN',
    "variables" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "completed_at" TIMESTAMPTZ(6),
    "completed_by" TEXT,
    "result" JSONB,

    CONSTRAINT "user_task_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "timer" (
    "tenant_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "element" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "timer_pkey" PRIMARY KEY ("tenant_id","instance_id","id")
);

-- CreateTable
CREATE TABLE "start_timer" (
    "tenant_id" UUID NOT NULL,
    "definition_id" UUID NOT NULL,
    "element" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "start_timer_pkey" PRIMARY KEY ("tenant_id","definition_id","element")
);

-- CreateTable
CREATE TABLE "message_subscription" (
    "tenant_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "element" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "correlation_key" TEXT,

    CONSTRAINT "message_subscription_pkey" PRIMARY KEY ("tenant_id","instance_id","id")
);

-- CreateTable
CREATE TABLE "start_subscription" (
    "tenant_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "element" TEXT NOT NULL,
    "definition_id" UUID NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "start_subscription_pkey" PRIMARY KEY ("tenant_id","key","element")
);

-- CreateTable
CREATE TABLE "message" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "correlation_key" TEXT,
    "message_id" TEXT,
    "variables" JSONB NOT NULL,
    "delivered_at" TIMESTAMPTZ(6),
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "incident" (
    "tenant_id" UUID NOT NULL,
    "instance_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "element" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(6) NOT NULL,
    "resolved_at" TIMESTAMPTZ(6),
    "resolved_by" TEXT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("tenant_id","instance_id","id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "order_id" UUID,
    "action" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "reason" TEXT,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "delivered_at" TIMESTAMPTZ(6),

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "tenant_id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("tenant_id","operation","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "sku_tenant_id_code_key" ON "sku"("tenant_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "location_tenant_id_code_key" ON "location"("tenant_id", "code");

-- CreateIndex
CREATE INDEX "reservation_tenant_id_order_id_idx" ON "reservation"("tenant_id", "order_id");

-- CreateIndex
CREATE UNIQUE INDEX "stock_transaction_tenant_id_reference_key" ON "stock_transaction"("tenant_id", "reference");

-- CreateIndex
CREATE INDEX "stock_entry_tenant_id_sku_id_account_idx" ON "stock_entry"("tenant_id", "sku_id", "account");

-- CreateIndex
CREATE INDEX "intake_document_tenant_id_received_at_idx" ON "intake_document"("tenant_id", "received_at");

-- CreateIndex
CREATE INDEX "intake_document_tenant_id_sha256_idx" ON "intake_document"("tenant_id", "sha256");

-- CreateIndex
CREATE INDEX "order_tenant_id_placed_at_idx" ON "order"("tenant_id", "placed_at" DESC);

-- CreateIndex
CREATE INDEX "order_tenant_id_state_placed_at_idx" ON "order"("tenant_id", "state", "placed_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "order_tenant_id_number_key" ON "order"("tenant_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "order_tenant_id_source_party_id_external_id_key" ON "order"("tenant_id", "source", "party_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "order_line_tenant_id_order_id_sequence_key" ON "order_line"("tenant_id", "order_id", "sequence");

-- CreateIndex
CREATE INDEX "hold_tenant_id_order_id_idx" ON "hold"("tenant_id", "order_id");

-- CreateIndex
CREATE INDEX "shipment_tenant_id_order_id_idx" ON "shipment"("tenant_id", "order_id");

-- CreateIndex
CREATE INDEX "shipment_tenant_id_tracking_number_idx" ON "shipment"("tenant_id", "tracking_number");

-- CreateIndex
CREATE INDEX "parcel_tenant_id_shipment_id_idx" ON "parcel"("tenant_id", "shipment_id");

-- CreateIndex
CREATE INDEX "document_tenant_id_order_id_idx" ON "document"("tenant_id", "order_id");

-- CreateIndex
CREATE UNIQUE INDEX "tracking_event_tenant_id_shipment_id_dedupe_key_key" ON "tracking_event"("tenant_id", "shipment_id", "dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "process_definition_tenant_id_key_version_key" ON "process_definition"("tenant_id", "key", "version");

-- CreateIndex
CREATE UNIQUE INDEX "decision_definition_tenant_id_key_version_key" ON "decision_definition"("tenant_id", "key", "version");

-- CreateIndex
CREATE UNIQUE INDEX "form_definition_tenant_id_key_version_key" ON "form_definition"("tenant_id", "key", "version");

-- CreateIndex
CREATE INDEX "process_instance_tenant_id_business_key_idx" ON "process_instance"("tenant_id", "business_key");

-- CreateIndex
CREATE INDEX "process_instance_tenant_id_status_started_at_idx" ON "process_instance"("tenant_id", "status", "started_at");

-- CreateIndex
CREATE INDEX "process_instance_tenant_id_parent_instance_id_idx" ON "process_instance"("tenant_id", "parent_instance_id");

-- CreateIndex
CREATE INDEX "user_task_tenant_id_state_created_at_idx" ON "user_task"("tenant_id", "state", "created_at");

-- CreateIndex
CREATE INDEX "user_task_tenant_id_order_id_idx" ON "user_task"("tenant_id", "order_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_task_tenant_id_instance_id_wait_id_key" ON "user_task"("tenant_id", "instance_id", "wait_id");

-- CreateIndex
CREATE INDEX "timer_due_at_idx" ON "timer"("due_at");

-- CreateIndex
CREATE INDEX "start_timer_due_at_idx" ON "start_timer"("due_at");

-- CreateIndex
CREATE INDEX "message_subscription_tenant_id_message_correlation_key_idx" ON "message_subscription"("tenant_id", "message", "correlation_key");

-- CreateIndex
CREATE INDEX "start_subscription_tenant_id_message_idx" ON "start_subscription"("tenant_id", "message");

-- CreateIndex
CREATE INDEX "message_tenant_id_name_correlation_key_idx" ON "message"("tenant_id", "name", "correlation_key");

-- CreateIndex
CREATE UNIQUE INDEX "message_tenant_id_name_message_id_key" ON "message"("tenant_id", "name", "message_id");

-- CreateIndex
CREATE INDEX "incident_tenant_id_resolved_at_idx" ON "incident"("tenant_id", "resolved_at");

-- CreateIndex
CREATE INDEX "audit_event_tenant_id_order_id_at_idx" ON "audit_event"("tenant_id", "order_id", "at");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party_identifier" ADD CONSTRAINT "party_identifier_tenant_id_party_id_fkey" FOREIGN KEY ("tenant_id", "party_id") REFERENCES "party"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sku_identifier" ADD CONSTRAINT "sku_identifier_tenant_id_sku_id_fkey" FOREIGN KEY ("tenant_id", "sku_id") REFERENCES "sku"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_tenant_id_sku_id_fkey" FOREIGN KEY ("tenant_id", "sku_id") REFERENCES "sku"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_level" ADD CONSTRAINT "stock_level_tenant_id_location_id_fkey" FOREIGN KEY ("tenant_id", "location_id") REFERENCES "location"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_tenant_id_line_id_fkey" FOREIGN KEY ("tenant_id", "line_id") REFERENCES "order_line"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_entry" ADD CONSTRAINT "stock_entry_tenant_id_transaction_id_fkey" FOREIGN KEY ("tenant_id", "transaction_id") REFERENCES "stock_transaction"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_tenant_id_party_id_fkey" FOREIGN KEY ("tenant_id", "party_id") REFERENCES "party"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_tenant_id_intake_document_id_fkey" FOREIGN KEY ("tenant_id", "intake_document_id") REFERENCES "intake_document"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_tenant_id_order_id_fkey" FOREIGN KEY ("tenant_id", "order_id") REFERENCES "order"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_tenant_id_sku_id_fkey" FOREIGN KEY ("tenant_id", "sku_id") REFERENCES "sku"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_tenant_id_order_id_fkey" FOREIGN KEY ("tenant_id", "order_id") REFERENCES "order"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_tenant_id_order_id_fkey" FOREIGN KEY ("tenant_id", "order_id") REFERENCES "order"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parcel" ADD CONSTRAINT "parcel_tenant_id_shipment_id_fkey" FOREIGN KEY ("tenant_id", "shipment_id") REFERENCES "shipment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parcel" ADD CONSTRAINT "parcel_tenant_id_label_document_id_fkey" FOREIGN KEY ("tenant_id", "label_document_id") REFERENCES "document"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tracking_event" ADD CONSTRAINT "tracking_event_tenant_id_shipment_id_fkey" FOREIGN KEY ("tenant_id", "shipment_id") REFERENCES "shipment"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "process_instance" ADD CONSTRAINT "process_instance_tenant_id_definition_id_fkey" FOREIGN KEY ("tenant_id", "definition_id") REFERENCES "process_definition"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "process_event" ADD CONSTRAINT "process_event_tenant_id_instance_id_fkey" FOREIGN KEY ("tenant_id", "instance_id") REFERENCES "process_instance"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_tenant_id_instance_id_fkey" FOREIGN KEY ("tenant_id", "instance_id") REFERENCES "process_instance"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_task" ADD CONSTRAINT "user_task_tenant_id_instance_id_fkey" FOREIGN KEY ("tenant_id", "instance_id") REFERENCES "process_instance"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "timer" ADD CONSTRAINT "timer_tenant_id_instance_id_fkey" FOREIGN KEY ("tenant_id", "instance_id") REFERENCES "process_instance"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_subscription" ADD CONSTRAINT "message_subscription_tenant_id_instance_id_fkey" FOREIGN KEY ("tenant_id", "instance_id") REFERENCES "process_instance"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_tenant_id_instance_id_fkey" FOREIGN KEY ("tenant_id", "instance_id") REFERENCES "process_instance"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What follows is written by hand: Prisma's schema language has no words for it.

-- ---------------------------------------------------------------------------------------------------
-- What always holds
-- ---------------------------------------------------------------------------------------------------

ALTER TABLE "tenant"
  ADD CONSTRAINT "tenant_slug_form" CHECK (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  ADD CONSTRAINT "tenant_currency_form" CHECK (currency ~ '^[A-Z]{3}$');

ALTER TABLE "party"
  ADD CONSTRAINT "party_credit_limit_not_negative" CHECK (credit_limit >= 0);

-- Never more promised than there is: the last guard against overselling, whatever the program believes.
ALTER TABLE "stock_level"
  ADD CONSTRAINT "stock_level_reserved_within_on_hand" CHECK (0 <= reserved AND reserved <= on_hand);

ALTER TABLE "reservation"
  ADD CONSTRAINT "reservation_quantity_positive" CHECK (quantity > 0);

ALTER TABLE "stock_entry"
  ADD CONSTRAINT "stock_entry_moves_something" CHECK (quantity <> 0);

-- Goods pass the stages one after the other; a quantity never overtakes the one before it.
ALTER TABLE "order_line"
  ADD CONSTRAINT "order_line_quantities_in_order" CHECK (
    0 <= delivered AND delivered <= shipped AND shipped <= packed AND packed <= picked AND picked <= reserved
    AND reserved <= ordered - cancelled AND 0 <= cancelled AND 0 < ordered);

ALTER TABLE "order"
  ADD CONSTRAINT "order_currency_form" CHECK (currency ~ '^[A-Z]{3}$');

ALTER TABLE "hold"
  ADD CONSTRAINT "hold_released_by_somebody" CHECK ((released_at IS NULL) = (released_by IS NULL));

ALTER TABLE "parcel"
  ADD CONSTRAINT "parcel_sscc_form" CHECK (sscc ~ '^[0-9]{18}$');

ALTER TABLE "number_series"
  ADD CONSTRAINT "number_series_counts_up" CHECK (next > 0);

ALTER TABLE "job"
  ADD CONSTRAINT "job_lease_ends" CHECK (state <> 'LEASED' OR (leased_by IS NOT NULL AND leased_until IS NOT NULL));

-- ---------------------------------------------------------------------------------------------------
-- Finding work: each claim reads only the rows it may take, in the order it takes them
-- ---------------------------------------------------------------------------------------------------

CREATE INDEX "job_waiting" ON "job" (due_at) WHERE state = 'WAITING';
CREATE INDEX "job_leased" ON "job" (leased_until) WHERE state = 'LEASED';
CREATE INDEX "outbox_event_undelivered" ON "outbox_event" (created_at) WHERE delivered_at IS NULL;
CREATE INDEX "message_expiring" ON "message" (expires_at);

-- ---------------------------------------------------------------------------------------------------
-- Judging a customer: what is open, and whether anything was ever closed, whatever the number of past orders
-- ---------------------------------------------------------------------------------------------------

CREATE INDEX "order_open_of_party" ON "order" (tenant_id, party_id) INCLUDE (total)
  WHERE closed_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX "order_closed_of_party" ON "order" (tenant_id, party_id) WHERE closed_at IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------
-- Who may do what. The roles are made at start (src/serving-roles.ts); nobody may TRUNCATE.
-- ---------------------------------------------------------------------------------------------------

GRANT USAGE ON SCHEMA public TO orderloom_app, orderloom_engine, orderloom_identity;

-- What happened is written once and never changed.
GRANT SELECT, INSERT ON
  "audit_event", "process_event", "stock_transaction", "stock_entry", "document", "tracking_event"
  TO orderloom_app;

GRANT SELECT, INSERT, UPDATE ON
  "tenant", "party", "sku", "location", "stock_level", "reservation", "intake_document", "order", "order_line",
  "hold", "shipment", "parcel", "number_series", "process_definition", "decision_definition", "form_definition",
  "process_instance", "user_task", "incident"
  TO orderloom_app;

-- Work that is done and names that no longer apply go away.
GRANT SELECT, INSERT, UPDATE, DELETE ON
  "member", "party_identifier", "sku_identifier", "job", "timer", "start_timer", "message", "message_subscription",
  "start_subscription", "outbox_event", "idempotency_key"
  TO orderloom_app;

GRANT SELECT ON "user" TO orderloom_app;

-- The engine looks for work over all tenants and leases it; the work itself is done behind the tenant's wall.
GRANT SELECT ON
  "process_instance", "job", "timer", "start_timer", "message", "message_subscription", "start_subscription",
  "user_task", "incident", "outbox_event"
  TO orderloom_engine;
GRANT UPDATE (state, attempt, attempts_left, due_at, leased_by, leased_until, last_error) ON "job" TO orderloom_engine;
GRANT UPDATE (due_at) ON "timer", "start_timer" TO orderloom_engine;
GRANT UPDATE (delivered_at) ON "message", "outbox_event" TO orderloom_engine;

GRANT SELECT, INSERT, UPDATE, DELETE ON "user", "session", "account", "verification" TO orderloom_identity;
GRANT SELECT ON "tenant", "member" TO orderloom_identity;

-- ---------------------------------------------------------------------------------------------------
-- The walls. A tenant's rows are seen and written only in a transaction that has set app.tenant;
-- unset sees nothing. FORCE holds the owner to it as well.
-- ---------------------------------------------------------------------------------------------------

DO $$
DECLARE
  walled name;
BEGIN
  FOR walled IN
    SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'tenant_id'
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format(
      $policy$CREATE POLICY tenant ON %I TO orderloom_app
        USING (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))$policy$, walled);
  END LOOP;
END $$;

ALTER TABLE "tenant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "tenant" TO orderloom_app
  USING (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

-- A person is seen by the tenants they belong to.
ALTER TABLE "user" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "user" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON "user" FOR SELECT TO orderloom_app
  USING (EXISTS (SELECT FROM "member" WHERE "member".user_id = "user".id));

-- Signing in comes before any tenant is known: who is it, and where do they belong.
CREATE POLICY identity ON "user" TO orderloom_identity USING (true);
CREATE POLICY identity ON "tenant" FOR SELECT TO orderloom_identity USING (true);
CREATE POLICY identity ON "member" FOR SELECT TO orderloom_identity USING (true);

DO $$
DECLARE
  shared name;
BEGIN
  FOREACH shared IN ARRAY ARRAY[
    'process_instance', 'job', 'timer', 'start_timer', 'message', 'message_subscription', 'start_subscription',
    'user_task', 'incident', 'outbox_event']
  LOOP
    EXECUTE format('CREATE POLICY engine ON %I TO orderloom_engine USING (true)', shared);
  END LOOP;
END $$;
