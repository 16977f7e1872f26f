-- The ad click an event is attributed by, where the platform's answers depend on its age.
alter table delivery add column clicked_at bigint;

-- Requests a platform took with a receipt and judges later.
create table receipt (
  workspace_id integer not null,
  id varchar(40) not null,
  pixel_id varchar(40) not null,
  -- what the platform is asked with
  receipt varchar(500) not null,
  -- the deliveries of the request, in its order, separated by commas
  delivery_ids text not null,
  taken_at bigint not null,
  asked integer not null,
  due_at bigint not null,
  constraint pk_receipt primary key (workspace_id, id)
);
create index ix_receipt_due on receipt (pixel_id, due_at);
