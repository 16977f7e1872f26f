-- Campaign links and the clicks on them.

create table campaign (
  workspace_id integer not null,
  id varchar(40) not null,
  -- empty: the public host and every link domain that serves all links
  domain varchar(253) not null,
  alias varchar(64) not null,
  -- names the campaign in scripts and in the click API, so that the alias can change
  token varchar(40) not null,
  name varchar(200) not null,
  doc text not null,
  created_at bigint not null,
  updated_at bigint not null,
  constraint pk_campaign primary key (workspace_id, id),
  constraint uq_campaign_alias unique (domain, alias),
  constraint uq_campaign_token unique (token)
);

-- One click on a campaign link, by the id that travels to the destination and back with postbacks.
create table click (
  workspace_id integer not null,
  subid varchar(64) not null,
  -- null when a click was imported that names no campaign of ours
  campaign_id varchar(40),
  visitor_no bigint not null,
  at bigint not null,
  -- where from, which browser, and what its parameters said: sealed
  content bytea not null,
  constraint pk_click primary key (workspace_id, subid)
);
create index ix_click_campaign on click (workspace_id, campaign_id, at, subid);
-- to join and erase a person's
create index ix_click_visitor on click (workspace_id, visitor_no, at);

-- Figures of a campaign: what one day brought each destination.
create table campaign_day (
  workspace_id integer not null,
  campaign_id varchar(40) not null,
  -- days since 1970-01-01 in the workspace's time zone
  day integer not null,
  -- empty where none is concerned
  destination_id varchar(40) not null,
  clicks bigint not null,
  visitors bigint not null,
  returning_clicks bigint not null,
  double_taps bigint not null,
  repaired bigint not null,
  unfilled bigint not null,
  flagged bigint not null,
  previews bigint not null,
  crawlers bigint not null,
  prefetches bigint not null,
  not_found bigint not null,
  constraint pk_campaign_day primary key (workspace_id, campaign_id, day, destination_id)
);
