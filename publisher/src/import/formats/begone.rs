//! Lists of the iOS app Begone: XML property lists as the app exports them, and
//! patterns one a line or in JSON. Numbers may have `#` for any one digit.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::BytesRef;
use quick_xml::events::Event;
use serde_json::Value;

use super::bounded::{self, Allowance, Bounded};
use super::{Entry, Failure, Sink, json, kinds};
use crate::import::Reason;
use crate::import::rows::{Line, Lines, MAX_ROW};

/// The category of numbers to block.
const BLOCKED: &str = "0";
/// How deep elements may lie within each other.
const MAX_DEPTH: u32 = 64;

/// What an entry says.
#[derive(Default)]
struct Item {
    number: Option<String>,
    title: Option<String>,
    category: Option<String>,
}

impl Item {
    fn hand_over(&self, sink: &mut Sink<'_>) -> Result<(), Failure> {
        let Some(number) = &self.number else {
            return sink(Entry::Dirty(Reason::BadRow));
        };
        if self
            .category
            .as_deref()
            .is_some_and(|category| category != BLOCKED)
        {
            return sink(Entry::Dirty(Reason::NotBlocked));
        }
        let kind = kinds::of_words(self.title.as_deref().unwrap_or_default());
        sink(Entry::Prefix {
            pattern: number,
            allow: false,
            kind: kind.unwrap_or_default(),
            day: None,
        })
    }
}

pub fn read(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    match super::peek(input)?.trim_ascii_start().first() {
        Some(b'<') => property_list(input, sink),
        Some(b'[' | b'{') => json::elements(input, &["numbers", "patterns"], &mut |entry| {
            let text = |key: &str| json::text(entry, &[key]).map(String::from);
            let plain = match entry {
                Value::String(number) => Some(number.clone()),
                _ => None,
            };
            let item = Item {
                number: plain.or(text("number")).or(text("pattern")),
                title: text("title"),
                category: text("category"),
            };
            item.hand_over(sink)
        }),
        _ => lines(input, sink),
    }
}

fn lines(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let mut lines = Lines::new(input);
    while let Some(line) = lines.next()? {
        match line {
            Line::Text(line) => {
                let item = Item {
                    number: Some(line.trim().to_owned()),
                    ..Item::default()
                };
                item.hand_over(sink)?;
            }
            Line::TooLong => sink(Entry::Dirty(Reason::LongRow))?,
        }
    }
    Ok(())
}

/// Each `<dict>` of a property list is an entry.
fn property_list(input: &mut dyn BufRead, sink: &mut Sink<'_>) -> Result<(), Failure> {
    let allowance = Allowance::default();
    let mut reader = Reader::from_reader(Bounded::new(input, &allowance));
    let mut depth = 0;
    let mut buffer = Vec::new();
    let mut item = None;
    let (mut key, mut text) = (String::new(), String::new());
    loop {
        buffer.clear();
        allowance.renew();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(_) if allowance.is_used_up() => return Err(bounded::too_long()),
            Err(quick_xml::Error::Io(error)) => {
                return Err(Failure::Io(std::io::Error::new(error.kind(), error)));
            }
            Err(_) => {
                let at = reader.buffer_position();
                return Err(Failure::Wrong(format!(
                    "this is not XML (byte {at}); export or fetch the list again"
                )));
            }
        };
        match event {
            Event::Eof if item.is_some() => {
                return Err(Failure::Io(std::io::ErrorKind::UnexpectedEof.into()));
            }
            Event::Eof => return Ok(()),
            Event::Start(tag) => {
                let is_list = matches!(tag.name().as_ref(), b"plist" | b"array" | b"dict");
                if depth == MAX_DEPTH || (depth == 0 && !is_list) {
                    return Err(Failure::wrong(
                        "this is not a property list; export or fetch the list again",
                    ));
                }
                depth += 1;
                text.clear();
                if tag.name().as_ref() == b"dict" {
                    item = Some(Item::default());
                }
            }
            Event::Text(part) if text.len() < MAX_ROW => {
                text.push_str(&String::from_utf8_lossy(&part));
            }
            Event::GeneralRef(part) if text.len() < MAX_ROW => push_character(&part, &mut text),
            Event::End(tag) => {
                depth -= 1;
                match (tag.name().as_ref(), &mut item) {
                    (b"key", _) => key = text.trim().to_owned(),
                    (b"string" | b"integer", Some(item)) => {
                        let value = Some(text.trim().to_owned());
                        match key.as_str() {
                            "number" => item.number = value,
                            "title" => item.title = value,
                            "category" => item.category = value,
                            _ => {}
                        }
                    }
                    (b"dict", _) => {
                        if let Some(item) = item.take() {
                            item.hand_over(sink)?;
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// What `&amp;` and the like stand for; in numbers there is none of it.
fn push_character(part: &BytesRef<'_>, text: &mut String) {
    let name: &[u8] = part;
    let named = match name {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => None,
    };
    text.extend(named.or(part.resolve_char_ref().ok().flatten()));
}
