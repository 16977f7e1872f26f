-- Figures of a rotator: what one day brought each agent. Changed in the transaction of what they count, so a row is
-- written as often as a group commits, not as often as somebody clicks.
create table rotator_day (
  workspace_id integer not null,
  rotator_id varchar(40) not null,
  -- days since 1970-01-01 in the workspace's time zone
  day integer not null,
  -- empty where no agent is concerned
  agent_id varchar(40) not null,
  clicks bigint not null,
  visitors bigint not null,
  returning_clicks bigint not null,
  new_leads bigint not null,
  chats bigint not null,
  nobody bigint not null,
  form_shown bigint not null,
  form_sent bigint not null,
  double_taps bigint not null,
  flagged bigint not null,
  previews bigint not null,
  crawlers bigint not null,
  prefetches bigint not null,
  not_found bigint not null,
  constraint pk_rotator_day primary key (workspace_id, rotator_id, day, agent_id)
);

-- Chats an agent was given in a rotator where they have a daily cap, by the agent's own day.
create table agent_day (
  workspace_id integer not null,
  rotator_id varchar(40) not null,
  agent_id varchar(40) not null,
  -- days since 1970-01-01 in the agent's time zone, else the workspace's
  day integer not null,
  chats bigint not null,
  constraint pk_agent_day primary key (workspace_id, rotator_id, agent_id, day)
);

-- Hosts that answer a workspace's links; no host belongs to two workspaces.
create table link_domain (
  domain varchar(253) not null,
  workspace_id integer not null,
  -- true: all links of the workspace; false: only rotators that name it
  every_link boolean not null,
  position integer not null,
  created_at bigint not null,
  constraint pk_link_domain primary key (domain)
);
