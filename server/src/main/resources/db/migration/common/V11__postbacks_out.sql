-- Outgoing postbacks, and the life of pixels.

-- What happens while a pixel is muted is not sent, also not later.
alter table pixel add column muted boolean default false not null;
-- A deleted pixel: its name stays for the sync log, its secrets are gone.
alter table pixel add column archived_at bigint;

-- The click and the conversion behind an event, as they were when it was decided, so that a retry builds the same.
create table delivery_trail (
  workspace_id integer not null,
  delivery_id varchar(40) not null,
  -- sealed: parameters of links hold anything
  content bytea not null,
  constraint pk_delivery_trail primary key (workspace_id, delivery_id)
);

-- The latest rows of one pixel.
create index ix_delivery_pixel on delivery (pixel_id, id);

