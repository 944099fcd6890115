//! Page templates over the embedded layout and components.

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::{Frame, assets, csp};

/// The layout, what in it is always the same (`fixed/`), and every component: name and source.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// GOV.UK's own drawings, for the header and footer to include: name and source.
static MARKS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/marks.rs"));

/// Every template of the caller, ready to render. Cloning shares them.
#[derive(Clone)]
pub struct Templates(Arc<Tera>);

impl Templates {
    /// Compiles the caller's pages (name and source) together with the layout and the components. A page whose name
    /// ends in `.html` is escaped.
    ///
    /// # Errors
    /// A page that cannot be parsed, or that calls or extends what does not exist.
    pub fn new(pages: impl IntoIterator<Item = (String, String)>) -> Result<Self, tera::Error> {
        let (fixed, mut others): (Vec<_>, Vec<_>) = embedded().partition(|(name, _)| name.starts_with("fixed/"));
        others.extend(drawn(fixed)?);
        others.extend(pages);
        let mut tera = empty();
        tera.add_raw_templates(others)?;
        Ok(Self(Arc::new(tera)))
    }

    /// Renders a page: the view's fields at the top level (a view of `()` has none), the frame as `frame`.
    ///
    /// # Errors
    /// A view that is not a struct or map, or a template that asks for what the view does not have.
    pub fn render(&self, name: &str, view: &impl Serialize, frame: &Frame) -> Result<String, RenderError> {
        let fail = |source| RenderError { template: name.to_owned(), source };
        let view = Value::try_from_serializable(view).map_err(fail)?;
        let mut context = if view.is_none() { Context::new() } else { Context::from_serialize(&view).map_err(fail)? };
        context.insert_value("frame", Value::try_from_serializable(frame).map_err(fail)?);
        self.0.render(name, &context).map_err(fail)
    }

    /// Whether a template of that name was given.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_template(name)
    }
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Templates").field(&self.0.get_template_names().count()).finish()
    }
}

/// Without a template, but with the functions that ours call.
fn empty() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    tera.register_function("asset", asset);
    tera.register_function("js_enabled_script", |_: Kwargs, _: &State<'_>| Value::safe_string(csp::JS_ENABLED));
    tera
}

fn embedded() -> impl Iterator<Item = (String, String)> {
    EMBEDDED.iter().chain(MARKS).map(|(name, source)| ((*name).to_owned(), (*source).to_owned()))
}

/// What is the same on every page is drawn once, and is plain text from then on.
fn drawn(fixed: Vec<(String, String)>) -> Result<Vec<(String, String)>, tera::Error> {
    let components = embedded().filter(|(name, _)| name.starts_with("govuk/"));
    let names: Vec<String> = fixed.iter().map(|(name, _)| name.clone()).collect();
    let mut tera = empty();
    tera.add_raw_templates(components.chain(fixed).collect::<Vec<_>>())?;
    let draw = |name: String| {
        let text = tera.render(&name, &Context::new())?;
        Ok((name, format!("{{% raw %}}{}{{% endraw %}}", text.trim_end())))
    };
    names.into_iter().map(draw).collect()
}

/// `asset(name="app.js")` in a template: the address of a front-end file.
fn asset(kwargs: Kwargs, _: &State<'_>) -> Result<String, tera::Error> {
    let name = kwargs.must_get::<&str>("name")?;
    match assets::find(name) {
        Some(asset) => Ok(asset.path.to_owned()),
        None => Err(tera::Error::message(format!("there is no asset named {name}"))),
    }
}

/// A page that could not be rendered. Its text is the whole chain of causes: for the log, never for the person.
#[derive(Debug)]
pub struct RenderError {
    template: String,
    source: tera::Error,
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot render {}: {}", self.template, self.source)?;
        let mut cause = std::error::Error::source(&self.source);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for RenderError {}
