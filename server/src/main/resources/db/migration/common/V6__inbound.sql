-- What other systems send: sources, raw requests, and what was made of them.

create table source (
  workspace_id integer not null,
  id varchar(40) not null,
  kind varchar(32) not null,
  name varchar(200) not null,
  doc text not null,
  -- what requests are checked by and fetched with, sealed
  secrets bytea not null,
  -- part of the address: sealed so that owners can read it, found by its keyed hash
  token bytea not null,
  token_key bigint not null,
  -- the token before the last change, good until then
  previous_token bytea,
  previous_key bigint,
  previous_until bigint,
  -- set when somebody removed it: its requests go first, in small steps
  removed_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_source primary key (workspace_id, id),
  constraint uq_source_token unique (token_key)
);

-- Which node reads a source's requests, so that they are applied in order.
create table source_lease (
  source_id varchar(40) not null,
  owner varchar(40) not null,
  until_at bigint not null,
  constraint pk_source_lease primary key (source_id)
);

-- A request as it came and what became of it; the queue is an index over the pending ones.
create table inbound (
  workspace_id integer not null,
  id varchar(40) not null,
  source_id varchar(40) not null,
  received_at bigint not null,
  method varchar(8) not null,
  size integer not null,
  status varchar(16) not null,
  reason_code varchar(64),
  reason_message text,
  -- the leads it was about, separated by commas
  lead_ids text,
  attempts integer not null,
  due_at bigint not null,
  replayed boolean not null,
  constraint pk_inbound primary key (workspace_id, id)
);
create index ix_inbound_source on inbound (source_id, id);
create index ix_inbound_status on inbound (source_id, status, id);
/* [jooq ignore start] */
create index ix_inbound_queue on inbound (source_id, due_at) where status = 'pending';
/* [jooq ignore stop] */

-- Address, headers and body, sealed; apart from the row that is written again with its outcome (decision 0010).
create table inbound_content (
  workspace_id integer not null,
  inbound_id varchar(40) not null,
  content bytea not null,
  constraint pk_inbound_content primary key (workspace_id, inbound_id)
);

-- Whom a request was about: erasing a person takes what mentions them along.
create table inbound_lead (
  workspace_id integer not null,
  lead_id varchar(40) not null,
  inbound_id varchar(40) not null,
  constraint pk_inbound_lead primary key (workspace_id, lead_id, inbound_id)
);

-- Facts that were applied, by keyed hash of the provider's id: a message told twice counts once.
create table inbound_fact (
  workspace_id integer not null,
  source_id varchar(40) not null,
  fact_key bigint not null,
  inbound_id varchar(40) not null,
  lead_id varchar(40),
  at bigint not null,
  constraint pk_inbound_fact primary key (workspace_id, source_id, fact_key)
);
create index ix_inbound_fact_at on inbound_fact (at);

-- Who chats: one lead for each phone number or business-scoped user id, by keyed hash. The row is the lock, too.
create table lead_identity (
  workspace_id integer not null,
  identity_key bigint not null,
  kind varchar(8) not null,
  lead_id varchar(40),
  constraint pk_lead_identity primary key (workspace_id, identity_key)
);
create index ix_lead_identity_lead on lead_identity (workspace_id, lead_id);

-- A lead that turned out to be somebody we had: its id, code and reference lead to the one that stayed.
create table lead_alias (
  workspace_id integer not null,
  alias_id varchar(40) not null,
  visitor_no bigint not null,
  external_ref varchar(150),
  lead_id varchar(40) not null,
  at bigint not null,
  -- the lead as it was, sealed
  record bytea not null,
  constraint pk_lead_alias primary key (workspace_id, alias_id),
  constraint uq_lead_alias_visitor unique (workspace_id, visitor_no)
);
create index ix_lead_alias_lead on lead_alias (workspace_id, lead_id);
/* [jooq ignore start] */
create index ix_lead_alias_ref on lead_alias (workspace_id, external_ref) where external_ref is not null;
/* [jooq ignore stop] */

-- A visitor that turned out to be one we had.
alter table visitor add column merged_into bigint;
/* [jooq ignore start] */
create index ix_visitor_merged on visitor (workspace_id, merged_into) where merged_into is not null;
/* [jooq ignore stop] */

-- What a lead wrote and was written, and the forms they filled in.
create table message (
  workspace_id integer not null,
  lead_id varchar(40) not null,
  id varchar(40) not null,
  at bigint not null,
  direction varchar(3) not null,
  type varchar(16) not null,
  provider varchar(32) not null,
  source_id varchar(40) not null,
  content bytea not null,
  constraint pk_message primary key (workspace_id, lead_id, id)
);
