//! Saracroche's patterns of French numbers, in the forms that its lists have
//! had: `[{"pattern"}]`, `[{"prefix", "pattern"}]` and `{"patterns": [{"action",
//! "pattern"}]}`, with patterns such as `33162######`.

use std::io::BufRead;

use ringfence::reported::ReportKind;
use serde_json::Value;

use super::{Entry, Failure, Sink, json};
use crate::import::Reason;

pub fn read(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    json::elements(input, &["patterns"], &mut |entry| element(entry, sink))
}

fn element(entry: &Value, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let allow = match json::text(entry, &["action"]).as_deref() {
        None | Some("block") => false,
        Some("allow") => true,
        Some(_) => return sink(Entry::Dirty(Reason::NotBlocked)),
    };
    let pattern = match json::text(entry, &["pattern"]) {
        Some(pattern) => format!("+{}", pattern.trim_start_matches('+')),
        None => match json::text(entry, &["prefix"]) {
            Some(prefix) => format!("+{}*", prefix.trim_start_matches('+')),
            None => return sink(Entry::Dirty(Reason::BadRow)),
        },
    };
    // They are telephone sales by law or by the list's own choice.
    sink(Entry::Prefix {
        pattern: &pattern,
        allow,
        kind: ReportKind::Unwanted,
        day: None,
    })
}
