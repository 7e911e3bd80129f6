//! Lists in JSON, one element at a time.

use std::fmt;
use std::io::BufRead;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;

use super::Failure;
use super::bounded::{self, Allowance, Bounded};

/// Hands over each element of a list: of the outermost one, or of those under
/// one of these keys of an object.
pub fn elements(
    input: &mut dyn BufRead,
    keys: &[&str],
    each: &mut dyn FnMut(&Value) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut failure = None;
    let allowance = Allowance::default();
    let input = Bounded::new(input, &allowance);
    let mut reader = serde_json::Deserializer::from_reader(input);
    let top = Elements {
        keys,
        each,
        failure: &mut failure,
        allowance: &allowance,
    };
    let read = top.deserialize(&mut reader).and_then(|()| reader.end());
    match (failure, read) {
        (Some(failure), _) => Err(failure),
        (None, Err(_)) if allowance.is_used_up() => Err(bounded::too_long()),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) if error.is_io() => Err(Failure::Io(error.into())),
        // Only where it stands: the message itself may repeat a number.
        (None, Err(error)) => Err(Failure::Wrong(format!(
            "this is not the JSON of a list (line {}, column {}); fetch it again",
            error.line(),
            error.column()
        ))),
    }
}

/// A text, or an integer as text, under the first of these keys that has one.
pub fn text<'v>(object: &'v Value, keys: &[&str]) -> Option<std::borrow::Cow<'v, str>> {
    keys.iter().find_map(|key| match object.get(key)? {
        Value::String(text) => Some(text.into()),
        Value::Number(number) if number.is_u64() => Some(number.to_string().into()),
        _ => None,
    })
}

/// An integer under the first of these keys that has one.
pub fn integer(object: &Value, keys: &[&str]) -> Option<i64> {
    keys.iter().find_map(|key| object.get(key)?.as_i64())
}

struct Elements<'a> {
    keys: &'a [&'a str],
    each: &'a mut dyn FnMut(&Value) -> Result<(), Failure>,
    failure: &'a mut Option<Failure>,
    allowance: &'a Allowance,
}

impl<'de> DeserializeSeed<'de> for Elements<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.allowance.renew();
        while let Some(element) = list.next_element::<Value>()? {
            self.allowance.renew();
            if let Err(failure) = (self.each)(&element) {
                *self.failure = Some(failure);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(key) = object.next_key::<String>()? {
            self.allowance.renew();
            if self.keys.contains(&key.as_str()) {
                found = true;
                object.next_value_seed(Elements {
                    keys: &[],
                    each: &mut *self.each,
                    failure: &mut *self.failure,
                    allowance: self.allowance,
                })?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        if !found {
            return Err(A::Error::custom("no list"));
        }
        Ok(())
    }
}
