-- Where the event happened (web, chat, crm, postback): a retry builds it anew and must not turn a page's event into
-- a chat's. Rows from before count as the pipeline's, which is how they were retried.
alter table delivery add column origin varchar(16) default 'crm' not null;
