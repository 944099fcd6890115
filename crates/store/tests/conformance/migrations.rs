//! The migrations: two sets of one shape, that several servers may run at once and that can be undone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::world::{Kind, Raw, World, open};

/// What a database has, a line for each thing, spelt alike for both.
fn shape(of: &World) -> BTreeSet<String> {
    let (queries, from): (&[&str], fn(&str) -> String) = match of.kind {
        Kind::Sqlite => (&SQLITE, |line| line.to_lowercase()),
        Kind::Postgres => (&POSTGRES, |line| {
            let plain = line.replace("timestamp without time zone", "timestamp").replace("::text", "");
            without_brackets_in_the_condition(&plain).to_lowercase()
        }),
    };
    queries.iter().flat_map(|query| of.texts(query)).map(|line| from(&line)).collect()
}

/// The condition of an index comes in brackets, and each part of it in brackets of its own.
fn without_brackets_in_the_condition(line: &str) -> String {
    match line.split_once(" where ") {
        Some((index, condition)) => format!("{index} where {}", condition.replace(['(', ')'], "")),
        None => line.to_owned(),
    }
}

const SQLITE: [&str; 5] = [
    "SELECT m.name || '.' || c.name || ' ' || c.type || iif(c.\"notnull\", ' not null', '') AS value
     FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    "SELECT m.name || ' primary key (' || (SELECT group_concat(name, ', ') FROM
        (SELECT name FROM pragma_table_info(m.name) WHERE pk > 0 ORDER BY pk)) || ')' AS value
     FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    "SELECT 'index ' || i.name || iif(i.\"unique\", ' unique', '') || ' on ' || m.name || ' (' ||
        (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) || ')' ||
        iif(i.partial, substr(s.sql, instr(s.sql, ' WHERE ')), '') AS value
     FROM sqlite_master m, pragma_index_list(m.name) i JOIN sqlite_master s ON s.name = i.name
     WHERE m.type = 'table' AND i.origin = 'c'",
    "SELECT m.name || ' (' || f.\"from\" || ') references ' || f.\"table\" || ' (' || f.\"to\" || ') on delete ' || f.on_delete
        AS value
     FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    // Each piece of the definition that follows the word CONSTRAINT begins with a name.
    "WITH RECURSIVE piece (name, rest) AS (
        SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CONSTRAINT %'
        UNION ALL
        SELECT name, substr(rest, instr(rest, 'CONSTRAINT ') + 11) FROM piece WHERE instr(rest, 'CONSTRAINT ') > 0)
     SELECT name || ' check ' || trim(substr(replace(rest, char(10), ' '), 1, instr(replace(rest, char(10), ' '), ' ')))
        AS value
     FROM piece WHERE rest NOT LIKE 'CREATE %'",
];

const POSTGRES: [&str; 5] = [
    "SELECT table_name || '.' || column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
        AS value
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
    "SELECT t.relname || ' primary key (' || (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
        FROM unnest(i.indkey) WITH ORDINALITY k (number, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) || ')' AS value
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
     WHERE t.relnamespace = 'public'::regnamespace AND i.indisprimary AND t.relname NOT LIKE '\\_\\_%'",
    "SELECT 'index ' || c.relname || CASE WHEN i.indisunique THEN ' unique' ELSE '' END || ' on ' || t.relname || ' (' ||
        (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY k (number, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) || ')' ||
        coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '') AS value
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid
     WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary",
    "SELECT t.relname || ' (' || a.attname || ') references ' || r.relname || ' (' || b.attname || ') on delete ' ||
        CASE f.confdeltype WHEN 'a' THEN 'no action' WHEN 'c' THEN 'cascade' ELSE f.confdeltype::text END AS value
     FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1]
     JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = f.confkey[1] WHERE f.contype = 'f'",
    "SELECT t.relname || ' check ' || c.conname AS value
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
     WHERE c.contype = 'c' AND t.relnamespace = 'public'::regnamespace",
];

fn folder(of: Kind) -> PathBuf {
    let database = if of == Kind::Sqlite { "sqlite" } else { "postgres" };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(database)
}

fn names(of: Kind) -> Vec<String> {
    let entries = std::fs::read_dir(folder(of)).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn both_databases_have_migrations_of_the_same_names() {
    assert_eq!(names(Kind::Sqlite), names(Kind::Postgres));
    assert!(names(Kind::Sqlite).len() >= 4);
}

#[tokio::test]
async fn both_databases_end_with_the_same_tables_columns_indexes_and_rules() {
    let (sqlite, postgres) = (shape(&World::sqlite().await), shape(&World::postgres().await));
    let only = |these: &BTreeSet<String>, those| these.difference(those).cloned().collect::<Vec<_>>();
    assert_eq!(only(&sqlite, &postgres), only(&postgres, &sqlite), "on the left SQLite alone, on the right PostgreSQL");
    for line in [
        "accounts.email_canonical text not null",
        "accounts.nino text",
        "interactions.created_at timestamp not null",
        "interactions.version bigint not null",
        "teaching_record_names primary key (trn, name_key)",
        "index accounts_trn unique on accounts (trn) where deleted_at is null",
        "index signing_keys_active unique on signing_keys (algorithm) where state = 'active'",
        "index teaching_record_names_date_of_birth on teaching_record_names (date_of_birth, name_key)",
        "one_time_codes (interaction_id) references interactions (id) on delete cascade",
        "index tickets_open unique on tickets (account_id) where closed_at is null and kind = 'record_search'",
        "accounts check accounts_link_whole",
    ] {
        assert!(sqlite.contains(line), "the comparison looks at everything: {line}");
    }
}

/// The tables as the program knows them, which diesel checks its queries by.
#[tokio::test]
async fn the_program_knows_the_tables_as_the_migrations_make_them() {
    let mut known = BTreeSet::new();
    let mut table = "";
    for line in include_str!("../../src/schema.rs").lines().map(str::trim) {
        if let Some((name, key)) = line.strip_suffix(") {").and_then(|line| line.split_once(" (")) {
            table = name;
            known.insert(format!("{name} primary key ({key})"));
        } else if let Some((column, sort)) = line.strip_suffix(',').and_then(|line| line.split_once(" -> ")) {
            let (sort, rule) = match sort.strip_prefix("Nullable<") {
                Some(sort) => (sort.trim_end_matches('>'), ""),
                None => (sort, " not null"),
            };
            let sort = if sort == "Bool" { "boolean".into() } else { sort.to_lowercase() };
            known.insert(format!("{table}.{column} {sort}{rule}"));
        }
    }
    let made = shape(&World::sqlite().await);
    let made = made
        .into_iter()
        .filter(|line| line.contains('.') && !line.contains(" where ") || line.contains(" primary key "));
    let made: BTreeSet<String> = made.collect();
    let only = |these: &BTreeSet<String>, those| these.difference(those).cloned().collect::<Vec<_>>();
    assert_eq!(only(&known, &made), only(&made, &known), "on the left schema.rs alone, on the right the migrations");
}

async fn are_made_once(world: World) {
    assert!(!world.store.is_ready().await, "there is no table yet");
    assert_eq!(world.store.migrate().await.unwrap(), names(world.kind).len());
    assert!(world.store.is_ready().await);
    assert_eq!(world.store.migrate().await.unwrap(), 0);
    assert!(world.another_node().is_ready().await);
}

async fn are_made_by_several_servers_at_once(world: World) {
    let nodes = [world.store.clone(), open(&world.url).unwrap(), open(&world.url).unwrap(), open(&world.url).unwrap()];
    let runs = nodes.map(|node| tokio::spawn(async move { node.migrate().await }));
    let mut made = 0;
    for run in runs {
        made += run.await.unwrap().expect("each waits for its turn");
    }
    assert_eq!(made, names(world.kind).len());
}

async fn can_be_undone(world: World) {
    let empty = shape(&world);
    world.store.migrate().await.unwrap();
    let full = shape(&world);
    let run = |raw: &mut Raw, name: &str, file: &str| {
        let sql = std::fs::read_to_string(folder(world.kind).join(name).join(file)).unwrap();
        raw.run(&sql).unwrap_or_else(|error| panic!("{name}/{file}: {error}"));
    };
    let mut raw = world.raw();
    // Each alone, on top of those before it, and then all of them.
    for name in names(world.kind).iter().rev() {
        let before = shape(&world);
        run(&mut raw, name, "down.sql");
        let after = shape(&world);
        run(&mut raw, name, "up.sql");
        assert_eq!(shape(&world), before, "{name}");
        run(&mut raw, name, "down.sql");
        assert_ne!(after, before, "{name}");
    }
    assert_eq!(shape(&world), empty);
    for name in names(world.kind) {
        run(&mut raw, &name, "up.sql");
    }
    assert_eq!(shape(&world), full);
}

macro_rules! on {
    ($database:ident, $empty:ident) => {
        mod $database {
            use crate::world::World;

            #[tokio::test]
            async fn the_tables_are_made_once() {
                super::are_made_once(World::$empty()).await;
            }

            #[tokio::test]
            async fn several_servers_may_make_the_tables_at_once() {
                super::are_made_by_several_servers_at_once(World::$empty()).await;
            }

            #[tokio::test]
            async fn every_migration_can_be_undone() {
                super::can_be_undone(World::$empty()).await;
            }
        }
    };
}
on!(sqlite, empty_sqlite);
on!(postgres, empty_postgres);
