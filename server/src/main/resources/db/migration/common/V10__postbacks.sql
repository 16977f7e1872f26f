-- Incoming postbacks: conversion rows and their history, the log of what was received, and what is looked at again.

-- What postbacks said of one click, or of one lead without a click, and one transaction.
create table conversion (
  workspace_id integer not null,
  id varchar(40) not null,
  -- the click's id, else the lead's; that of a test begins with "test:", so that no test touches a real one
  subject varchar(80) not null,
  -- the network's own id; empty for none, with a ~ where we had to make one up
  transaction_id varchar(150) not null,
  source_id varchar(40) not null,
  lead_id varchar(40),
  subid varchar(64),
  campaign_id varchar(40),
  status varchar(40) not null,
  -- to which sum the amount belongs: none, held, confirmed, rejected, refunded
  money varchar(16) not null,
  amount varchar(80),
  currency varchar(3),
  -- as the network wrote it
  amount_text varchar(500),
  refunded varchar(80),
  cost varchar(80),
  cost_currency varchar(3),
  -- the network's own status word
  word varchar(100),
  reason varchar(500),
  slots text,
  -- when its status was reached: as a postback said (null when none did), and as it counts
  event_at bigint,
  occurred_at bigint not null,
  -- whether an event of it went to a platform
  reported boolean not null,
  -- why nothing of it is sent on; null when it may be
  silence varchar(32),
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_conversion primary key (workspace_id, id),
  constraint uq_conversion_subject unique (workspace_id, subject, transaction_id)
);
create index ix_conversion_status on conversion (workspace_id, status, id);
/* [jooq ignore start] */
create index ix_conversion_lead on conversion (workspace_id, lead_id) where lead_id is not null;
create index ix_conversion_transaction on conversion (source_id, transaction_id) where transaction_id <> '';
/* [jooq ignore stop] */

-- The states a conversion had, one after the other. Only added to.
create table conversion_state (
  workspace_id integer not null,
  conversion_id varchar(40) not null,
  id varchar(40) not null,
  at bigint not null,
  event_at bigint,
  source_id varchar(40) not null,
  postback_id varchar(40) not null,
  status varchar(40) not null,
  previous varchar(40),
  word varchar(100),
  amount varchar(80),
  currency varchar(3),
  refunded varchar(80),
  reason varchar(500),
  -- what platforms were to be told: once, further, if_none_sent, adjust, none
  event varchar(16) not null,
  constraint pk_conversion_state primary key (workspace_id, conversion_id, id)
);

-- Received postbacks, with the person and signatures masked.
create table postback (
  workspace_id integer not null,
  id varchar(40) not null,
  source_id varchar(40) not null,
  received_at bigint not null,
  ip varchar(64),
  method varchar(8) not null,
  query text,
  body text,
  result varchar(16) not null,
  -- the result once more where nothing was booked
  trouble varchar(16),
  reason varchar(120),
  notes varchar(500),
  word varchar(100),
  click_id varchar(64),
  status varchar(40),
  conversion_id varchar(40),
  lead_id varchar(40),
  ms integer not null,
  constraint pk_postback primary key (workspace_id, id)
);
create index ix_postback_source on postback (source_id, id);
/* [jooq ignore start] */
create index ix_postback_trouble on postback (source_id, trouble, id) where trouble is not null;
create index ix_postback_click on postback (workspace_id, click_id) where click_id is not null;
create index ix_postback_lead on postback (workspace_id, lead_id) where lead_id is not null;
/* [jooq ignore stop] */

-- What came, sealed: only of postbacks that booked nothing, to be run again.
create table postback_content (
  workspace_id integer not null,
  postback_id varchar(40) not null,
  content bytea not null,
  constraint pk_postback_content primary key (workspace_id, postback_id)
);

-- Postbacks that are run again: orphans at their times or as soon as their name appears, others once somebody asks.
create table postback_due (
  workspace_id integer not null,
  postback_id varchar(40) not null,
  source_id varchar(40) not null,
  -- what it waits for, lower case: a click's id, a visitor's code, a reference; null when it waits for nothing
  name varchar(200),
  received_at bigint not null,
  due_at bigint not null,
  constraint pk_postback_due primary key (workspace_id, postback_id)
);
create index ix_postback_due_at on postback_due (due_at);
/* [jooq ignore start] */
create index ix_postback_due_name on postback_due (workspace_id, name) where name is not null;
/* [jooq ignore stop] */

-- Requests by the keyed hash of what makes them the same one. Slots of three days are added and forgotten side by side.
create table postback_fingerprint (
  workspace_id integer not null,
  time_slot bigint not null,
  fingerprint bigint not null,
  at bigint not null,
  postback_id varchar(40) not null,
  constraint pk_postback_fingerprint primary key (workspace_id, time_slot, fingerprint)
);

-- What a day (UTC) brought of a source, by currency; empty for what has none. For notices, not for books: the sum is rounded.
create table postback_day (
  source_id varchar(40) not null,
  day integer not null,
  currency varchar(3) not null,
  received bigint not null,
  booked bigint not null,
  duplicates bigint not null,
  kept bigint not null,
  refused bigint not null,
  confirmed bigint not null,
  -- confirmed within two seconds after the click
  hasty bigint not null,
  amount double precision not null,
  constraint pk_postback_day primary key (source_id, day, currency)
);

-- The click an event goes back to, so that it is built of the same click again.
alter table delivery add column subid varchar(64);
