-- What a workspace says of its own web sites and of what a page may do there, as JSON; null until somebody says it.
alter table workspace add column web text;

-- What a person said about the use of their data, a row whenever the answer changed. Ids grow with time.
create table consent (
  workspace_id integer not null,
  visitor_no bigint not null,
  id varchar(40) not null,
  -- when they said it, and when we heard of it
  at bigint not null,
  recorded_at bigint not null,
  ad_storage varchar(8) not null,
  analytics_storage varchar(8) not null,
  ad_user_data varchar(8) not null,
  ad_personalization varchar(8) not null,
  source varchar(16) not null,
  tc_string text,
  gpc boolean not null,
  gdpr boolean not null,
  country varchar(2),
  constraint pk_consent primary key (workspace_id, visitor_no, id)
);

-- Hits of the page tracker of the last days, so that one said again is known. Rows of one time lie together: they are
-- written side by side and forgotten side by side, whatever the size of the table.
create table tracker_hit (
  workspace_id integer not null,
  time_slot bigint not null,
  event_hash bigint not null,
  visitor_no bigint not null,
  constraint pk_tracker_hit primary key (workspace_id, time_slot, event_hash)
);

-- Page views of people who were no leads then.
/* [jooq ignore start] */
create index ix_delivery_visitor on delivery (workspace_id, visitor_no, id)
  where lead_id is null and visitor_no is not null;
/* [jooq ignore stop] */
