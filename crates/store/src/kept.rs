//! Queries whose text is kept. `MultiConnection` writes the text of a query anew in each pass that it makes over it, three or more
//! a run, which costs more than what SQLite does with it. Here each place in the program makes its text once, and from then on
//! only the values are collected.

use std::marker::PhantomData;
use std::sync::OnceLock;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::internal::derives::multiconnection::AstPassHelper;
use diesel::pg::{Pg, PgConnection, PgQueryBuilder};
use diesel::query_builder::{AstPass, Query, QueryBuilder, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;

use crate::connection::{AnyConnection, MultiBackend};

/// Keeps the text of a query at this place of the program. The text must be the same whatever the values are, so no `eq_any`, no
/// boxed query, no change of which columns are left out: a build with debug assertions panics at a query that has another.
macro_rules! kept {
    ($query:expr) => {{
        struct Here;
        static TEXT: $crate::kept::Text = $crate::kept::Text::new();
        $crate::kept::Kept::<_, Here>::new($query, &TEXT)
    }};
}
pub(crate) use kept;

/// The text of one place, for each database.
pub(crate) struct Text {
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Text {
    pub(crate) const fn new() -> Text {
        Text { sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    fn of(&self, query: &impl QueryFragment<MultiBackend>, backend: &MultiBackend) -> QueryResult<&str> {
        let kept = match backend {
            MultiBackend::Sqlite(_) => &self.sqlite,
            MultiBackend::Postgres(_) => &self.postgres,
        };
        if let Some(text) = kept.get() {
            debug_assert_eq!(*text, write(query, backend)?, "a kept query has one text");
            return Ok(text);
        }
        let text = write(query, backend)?;
        Ok(kept.get_or_init(|| text))
    }
}

fn write(query: &impl QueryFragment<MultiBackend>, backend: &MultiBackend) -> QueryResult<String> {
    type Builder = <MultiBackend as Backend>::QueryBuilder;
    let mut builder = match backend {
        MultiBackend::Sqlite(_) => Builder::Sqlite(Default::default()),
        MultiBackend::Postgres(_) => Builder::Postgres(Default::default()),
    };
    query.to_sql(&mut builder, backend)?;
    Ok(builder.finish())
}

/// A query, and where it stands: made by [`kept!`].
pub(crate) struct Kept<Q, Here> {
    query: Q,
    text: &'static Text,
    here: PhantomData<Here>,
}

impl<Q, Here> Kept<Q, Here> {
    pub(crate) fn new(query: Q, text: &'static Text) -> Kept<Q, Here> {
        Kept { query, text, here: PhantomData }
    }
}

impl<Q: QueryFragment<MultiBackend>, Here> QueryFragment<MultiBackend> for Kept<Q, Here> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        if pass.bind_collector().is_some() || pass.debug_binds().is_some() {
            return self.query.walk_ast(pass);
        }
        pass.push_sql(self.text.of(&self.query, pass.backend())?);
        Ok(())
    }
}

/// What is prepared is found again by the place, and no text is compared. Diesel by itself prepares every update anew, since one may
/// set other columns the next time; one that is kept may not.
impl<Q, Here: 'static> QueryId for Kept<Q, Here> {
    type QueryId = Here;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<Q: Query, Here> Query for Kept<Q, Here> {
    type SqlType = Q::SqlType;
}

impl<Q, Here> RunQueryDsl<AnyConnection> for Kept<Q, Here> {}

/// A query for PostgreSQL alone that stays prepared although its text is not always the same: it is found again by that. Diesel prepares
/// such a one anew for each run, which is a round trip more, and another plan.
pub(crate) struct Prepared<Q>(pub Q);

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if pass.bind_collector().is_some() || pass.debug_binds().is_some() {
            return self.0.walk_ast(pass);
        }
        let mut text = PgQueryBuilder::default();
        self.0.to_sql(&mut text, &Pg)?;
        pass.push_sql(&text.finish());
        Ok(())
    }
}

impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> RunQueryDsl<PgConnection> for Prepared<Q> {}
