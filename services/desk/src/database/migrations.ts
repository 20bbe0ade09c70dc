/** What outlives a rebuild. Append only: a migration that has run anywhere is never changed. */
export const migrations: readonly { number: number; name: string; sql: string }[] = [
  {
    number: 1,
    name: 'commands that were sent, for the same answer again',
    sql: `
      create table desk.commands (
        command_id  text primary key,
        case_id     text not null,
        order_id    text not null,
        subject     text not null,
        fingerprint text not null,
        at          bigint not null
      );
      create index commands_at on desk.commands (at);`,
  },
  {
    number: 2,
    name: 'which commands Kafka has taken, so that a repeat is not sent again',
    sql: 'alter table desk.commands add column sent_at bigint;',
  },
]

/**
 * The read model: everything in it comes from the topics. Raise the version with every change to these tables or
 * to what a projection writes: the next start drops them and replays. Each table has one topic that writes it, and rows of
 * a forgotten order are erased behind each batch, so that it does not matter in which order the topics arrive. Instants are milliseconds UTC. `place` says which record a row
 * comes from.
 */
export const readModel = {
  version: 10,
  sql: `
    create table read_model.positions (
      topic       text not null,
      partition   int not null,
      next_offset bigint not null,
      primary key (topic, partition)
    );
    create table read_model.orders (
      order_id       text primary key,
      revision       int not null,
      digest         text not null,
      first_revision int not null,
      first_at       bigint not null,
      source         text not null,
      customer_name  text not null,
      currency       text not null,
      total          numeric not null,
      cancelled      boolean not null,
      changed_at     bigint not null,
      record         json not null
    );
    create index orders_changed_at on read_model.orders (changed_at, order_id);
    create index orders_customer on read_model.orders ((record #>> '{order,customer,id}'));
    create index orders_source on read_model.orders (source, first_at);
    create table read_model.revisions (
      order_id text not null,
      revision int not null,
      at       bigint not null,
      cause    json not null,
      changes  json not null,
      place    json not null,
      primary key (order_id, revision)
    );
    create table read_model.verdicts (
      order_id text primary key,
      sequence int not null,
      standing text not null,
      verdicts json not null
    );
    create table read_model.decisions (
      order_id text not null,
      sequence int not null,
      decision json not null,
      place    json not null,
      primary key (order_id, sequence)
    );
    create table read_model.cases (
      case_id        text primary key,
      order_id       text not null,
      event_sequence int not null,
      type           text not null,
      name           text not null,
      kind           text not null,
      rule           text not null,
      request_id     text not null,
      request        json,
      opened_reason  text not null,
      notes          json not null,
      may_stop       json not null,
      granted        json not null,
      raised_by      text not null,
      status         text not null,
      outcome        text not null,
      owner          text not null,
      backup         text not null,
      level          int not null,
      decider        text not null,
      deciders       json not null,
      assignee       json,
      deadline       bigint,
      late_since     bigint,
      answer_by      bigint,
      urgent_at      bigint not null,
      policy_version int not null,
      question       json,
      proposal       json,
      correction     json,
      approvals      json not null,
      approved_for   json not null,
      reopened       int not null,
      opened_at      bigint not null,
      closed_at      bigint,
      closed_by      text not null,
      closed_reason  text not null,
      correct_until  text not null,
      holds          json not null,
      evidence       json not null,
      actions        json not null,
      may_correct    json not null
    );
    create index cases_order on read_model.cases (order_id);
    create index cases_open on read_model.cases (urgent_at, case_id) where status <> 'CLOSED';
    create index cases_opened on read_model.cases (opened_at, case_id);
    create table read_model.case_events (
      order_id   text not null,
      sequence   int not null,
      case_id    text not null,
      command_id text not null,
      event      json not null,
      place      json not null,
      primary key (order_id, sequence)
    );
    create index case_events_case on read_model.case_events (case_id, sequence);
    create index case_events_command on read_model.case_events (command_id) where command_id <> '';
    create table read_model.notices (
      notice_id text not null,
      attempt   int not null,
      order_id  text not null,
      status    text not null,
      permanent boolean not null,
      detail    text not null,
      at        bigint not null,
      place     json not null,
      primary key (notice_id, attempt)
    );
    create index notices_order on read_model.notices (order_id, at);
    create table read_model.notice_requests (
      notice_id text not null,
      attempt   int not null,
      order_id  text not null,
      case_ids  json not null,
      told      json not null,
      person    text not null,
      subject   text not null,
      said      text not null,
      at        bigint not null,
      place     json not null,
      primary key (notice_id, attempt)
    );
    create index notice_requests_order on read_model.notice_requests (order_id, at);
    create index notice_requests_person on read_model.notice_requests (person, at) where person <> '';
    create table read_model.policies (
      version int primary key,
      title   text not null,
      text    text not null,
      digest  text not null,
      changes json not null,
      by      json not null,
      reason  text not null,
      at      bigint not null,
      readable boolean not null
    );
    create table read_model.rosters (
      version int primary key,
      text    text not null,
      digest  text not null,
      changes json not null,
      by      json not null,
      reason  text not null,
      at      bigint not null,
      people  json
    );
    create table read_model.dead_letters (
      letter_topic     text not null,
      letter_partition int not null,
      letter_offset    bigint not null,
      topic            text not null,
      partition        int not null,
      "offset"         bigint not null,
      order_id         text not null,
      service          text not null,
      code             text not null,
      problems         json not null,
      key              text not null,
      value            text not null,
      recorded_at      bigint not null,
      at               bigint not null,
      replay_id        text not null,
      attempt          int not null,
      primary key (letter_topic, letter_partition, letter_offset)
    );
    create index dead_letters_at on read_model.dead_letters (at);
    create index dead_letters_record on read_model.dead_letters (topic, partition, "offset");
    create index dead_letters_order on read_model.dead_letters (order_id);
    create index dead_letters_replay on read_model.dead_letters (replay_id) where replay_id <> '';
    create table read_model.replays (
      replay_id        text primary key,
      order_id         text not null,
      letter_topic     text not null,
      letter_partition int not null,
      letter_offset    bigint not null,
      attempt          int not null,
      by               json not null,
      reason           text not null,
      at               bigint not null
    );
    create index replays_order on read_model.replays (order_id);
    create index replays_letter on read_model.replays (letter_topic, letter_partition, letter_offset);
    create table read_model.forgets (
      order_id text not null,
      by       json not null,
      reason   text not null,
      at       bigint not null,
      place    json not null,
      primary key (order_id, at)
    );`,
}
