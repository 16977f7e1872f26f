-- One set of tables for SQLite and PostgreSQL: only types and clauses both understand.
-- Instants are bigint epoch milliseconds. Personal data is sealed (bytea), money is exact decimal text.
-- Hot tables carry no foreign keys; their writers are one transaction each.

create table workspace (
  id integer not null,
  name varchar(200) not null,
  tracker_key varchar(40) not null,
  default_country varchar(2) not null,
  currency varchar(3) not null,
  timezone varchar(64) not null,
  language varchar(2) not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_workspace primary key (id),
  constraint uq_workspace_tracker_key unique (tracker_key)
);

create table conversion_settings (
  workspace_id integer not null,
  doc text not null,
  updated_at bigint not null,
  constraint pk_conversion_settings primary key (workspace_id)
);

-- Things the installation remembers about itself.
create table setting (
  name varchar(100) not null,
  content text not null,
  constraint pk_setting primary key (name)
);

-- Blocks of numbers leased to nodes: unique without a look-up per visitor.
create table sequence_block (
  name varchar(100) not null,
  next_number bigint not null,
  constraint pk_sequence_block primary key (name)
);

create table agent (
  workspace_id integer not null,
  id varchar(40) not null,
  name varchar(200) not null,
  phone varchar(20) not null,
  active boolean not null,
  waba_id varchar(40),
  hours text,
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_agent primary key (workspace_id, id)
);

create table rotator (
  workspace_id integer not null,
  id varchar(40) not null,
  slug varchar(100) not null,
  doc text not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_rotator primary key (workspace_id, id),
  constraint uq_rotator_slug unique (slug)
);

create table pixel (
  workspace_id integer not null,
  id varchar(40) not null,
  platform varchar(32) not null,
  name varchar(200) not null,
  enabled boolean not null,
  paused boolean not null,
  doc text not null,
  credentials bytea not null,
  proxy bytea,
  -- health: what the lane last found; "ok" unless the queue waits
  health_state varchar(16) not null,
  health_code varchar(64),
  health_message text,
  health_fix text,
  health_since bigint,
  test_code varchar(100),
  test_until bigint,
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_pixel primary key (workspace_id, id)
);

-- A browser or person we gave a code. The code is a keyed permutation of visitor_no.
create table visitor (
  workspace_id integer not null,
  visitor_no bigint not null,
  lead_id varchar(40),
  created_at bigint not null,
  seen_at bigint not null,
  profile bytea not null,
  constraint pk_visitor primary key (workspace_id, visitor_no)
);

-- Who brought a click id first; a later visitor with the same one holds a copied link.
create table click_id (
  workspace_id integer not null,
  value_hash bigint not null,
  visitor_no bigint not null,
  seen_at bigint not null,
  constraint pk_click_id primary key (workspace_id, value_hash)
);

create table touch (
  workspace_id integer not null,
  visitor_no bigint not null,
  at bigint not null,
  kind varchar(16) not null,
  ref_id varchar(40),
  agent_id varchar(40),
  url text,
  referrer text,
  constraint pk_touch primary key (workspace_id, visitor_no, at, kind)
);

create table lead (
  workspace_id integer not null,
  id varchar(40) not null,
  visitor_no bigint not null,
  status varchar(40) not null,
  status_at bigint not null,
  priority varchar(16) not null,
  source varchar(32) not null,
  assigned_to varchar(100),
  agent_number varchar(20),
  external_ref varchar(150),
  person bytea,
  phone_key bigint,
  email_key bigint,
  estimated_value varchar(40),
  actual_value varchar(40),
  currency varchar(3),
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_lead primary key (workspace_id, id),
  constraint uq_lead_visitor unique (workspace_id, visitor_no)
);
create index ix_lead_status on lead (workspace_id, status, id);
/* [jooq ignore start] */
create unique index uq_lead_external_ref on lead (workspace_id, external_ref) where external_ref is not null;
create index ix_lead_phone on lead (workspace_id, phone_key, id) where phone_key is not null;
create index ix_lead_email on lead (workspace_id, email_key, id) where email_key is not null;
create index ix_lead_assigned on lead (workspace_id, assigned_to, id) where assigned_to is not null;
/* [jooq ignore stop] */

-- Keyed hashes of the beginnings of a lead's words: search without readable personal data at rest.
create table lead_search (
  workspace_id integer not null,
  token bigint not null,
  lead_id varchar(40) not null,
  constraint pk_lead_search primary key (workspace_id, token, lead_id)
);
create index ix_lead_search_lead on lead_search (workspace_id, lead_id);

create table lead_event (
  workspace_id integer not null,
  lead_id varchar(40) not null,
  id varchar(40) not null,
  at bigint not null,
  kind varchar(32) not null,
  status varchar(40),
  doc text,
  constraint pk_lead_event primary key (workspace_id, lead_id, id)
);

-- One conversion at one pixel: a row of the sync log and, while pending, of the queue.
create table delivery (
  workspace_id integer not null,
  id varchar(40) not null,
  pixel_id varchar(40) not null,
  platform varchar(32) not null,
  lead_id varchar(40),
  visitor_no bigint,
  trigger_status varchar(40) not null,
  event varchar(100),
  event_id varchar(200) not null,
  status varchar(16) not null,
  answer_lost boolean not null,
  reason_code varchar(64),
  reason_message text,
  reason_fix text,
  value_amount varchar(40),
  currency varchar(3),
  order_id varchar(200),
  occurred_at bigint not null,
  created_at bigint not null,
  delivered_at bigint,
  expires_at bigint not null,
  -- what is sent: the event as the platform's JSON, personal data hashed
  payload text,
  match_keys varchar(400),
  route varchar(100),
  alone boolean not null,
  attempts integer not null,
  due_at bigint not null,
  -- the node that took the row to send it; set while nobody knows whether it arrived
  lease_owner varchar(40),
  constraint pk_delivery primary key (workspace_id, id),
  constraint uq_delivery_event unique (pixel_id, event_id)
);
create index ix_delivery_lead on delivery (workspace_id, lead_id, id);
/* [jooq ignore start] */
create index ix_delivery_queue on delivery (pixel_id, due_at) where status = 'pending';
create index ix_delivery_trouble on delivery (workspace_id, status, id) where status in ('failed', 'partial_failure', 'skipped');
/* [jooq ignore stop] */

create table attempt (
  delivery_id varchar(40) not null,
  attempt_no integer not null,
  at bigint not null,
  duration_ms integer not null,
  method varchar(8) not null,
  url text not null,
  test_code varchar(100),
  http_status integer,
  response text,
  error text,
  answer_lost boolean not null,
  -- the event as sent, kept here only when the delivery was built anew since
  payload text,
  constraint pk_attempt primary key (delivery_id, attempt_no)
);

create table idempotency_key (
  workspace_id integer not null,
  key_hash varchar(64) not null,
  fingerprint varchar(64) not null,
  http_status integer not null,
  body bytea,
  created_at bigint not null,
  constraint pk_idempotency_key primary key (workspace_id, key_hash)
);
create index ix_idempotency_created on idempotency_key (created_at);

create table audit_log (
  workspace_id integer not null,
  id varchar(40) not null,
  at bigint not null,
  actor varchar(100) not null,
  action varchar(64) not null,
  target varchar(100),
  doc text,
  constraint pk_audit_log primary key (workspace_id, id)
);
