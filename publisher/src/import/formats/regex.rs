//! Regular expressions over whole numbers, as far as they are prefixes.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Most patterns that one expression may stand for.
const MAX_PATTERNS: usize = 1_000;
/// Most digits that a repetition may stand for.
const MAX_REPEATED: u32 = 20;
/// Longest pattern in bytes that is put together.
const MAX_PATTERN: usize = 32;
/// Longest expression in bytes.
const MAX_LENGTH: usize = 4_096;

/// The patterns of an expression, with `#` for any digit, `*` at the end for
/// any more, separated by `|`. `None` if it says anything else.
pub fn patterns(expression: &str) -> Option<String> {
    if expression.len() > MAX_LENGTH {
        return None;
    }
    let parsed = regex_syntax::parse(expression).ok()?;
    let all = expand(&parsed)?;
    let fine = |pattern: &String| {
        let body = pattern.strip_suffix('*').unwrap_or(pattern);
        let body = body.strip_prefix('+').unwrap_or(body);
        body.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'#')
    };
    all.iter().all(fine).then(|| all.join("|"))
}

fn expand(expression: &Hir) -> Option<Vec<String>> {
    Some(match expression.kind() {
        HirKind::Empty | HirKind::Look(Look::Start | Look::End) => vec![String::new()],
        HirKind::Look(_) => return None,
        HirKind::Literal(literal) => vec![std::str::from_utf8(&literal.0).ok()?.to_owned()],
        HirKind::Class(class) => one_of(class)?,
        HirKind::Capture(capture) => expand(&capture.sub)?,
        HirKind::Concat(parts) => {
            let mut all = vec![String::new()];
            for part in parts {
                all = product(&all, &expand(part)?)?;
            }
            all
        }
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(expand(part)?);
            }
            (all.len() <= MAX_PATTERNS).then_some(all)?
        }
        HirKind::Repetition(repetition) => {
            let sub = expand(&repetition.sub)?;
            let (min, max) = (repetition.min, repetition.max);
            // A number with and without its plus sign is one number.
            if sub == ["+"] && (min, max) == (0, Some(1)) {
                return Some(sub);
            }
            let last = max.unwrap_or(min);
            if last > MAX_REPEATED || (max.is_none() && sub != ["#"]) {
                return None;
            }
            let mut all = Vec::new();
            let mut repeated = vec![String::new()];
            for times in 0..=last {
                if times > 0 {
                    repeated = product(&repeated, &sub)?;
                }
                if times >= min {
                    all.extend(repeated.iter().cloned());
                }
            }
            if max.is_none() {
                all = product(&all, &["*".to_owned()])?;
            }
            (all.len() <= MAX_PATTERNS).then_some(all)?
        }
    })
}

/// Each start with each end.
fn product(starts: &[String], ends: &[String]) -> Option<Vec<String>> {
    if starts.len() * ends.len() > MAX_PATTERNS {
        return None;
    }
    let longest = |all: &[String]| all.iter().map(String::len).max().unwrap_or(0);
    if longest(starts) + longest(ends) > MAX_PATTERN {
        return None;
    }
    let pairs = starts
        .iter()
        .flat_map(|start| ends.iter().map(move |end| format!("{start}{end}")));
    Some(pairs.collect())
}

/// What a class stands for: any digit, or each of its characters.
fn one_of(class: &Class) -> Option<Vec<String>> {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => class
            .iter()
            .map(|range| (range.start().into(), range.end().into()))
            .collect(),
        Class::Bytes(class) => class
            .iter()
            .map(|range| (range.start().into(), range.end().into()))
            .collect(),
    };
    let any_digit = |&(start, end): &(u32, u32)| start <= 0x30 && end >= 0x39;
    if ranges.iter().any(any_digit) {
        return Some(vec!["#".to_owned()]);
    }
    let mut all = Vec::new();
    for (start, end) in ranges {
        if end - start > 9 {
            return None;
        }
        all.extend((start..=end).filter_map(char::from_u32).map(String::from));
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::patterns;

    #[test]
    fn expressions_become_patterns() {
        for (expression, expected) in [
            ("2025550123", Some("2025550123")),
            (r"^\+?33162\d{6}$", Some("+33162######")),
            ("33162.*", Some("33162*")),
            (r"\+1(800|888)\d{7}", Some("+1800#######|+1888#######")),
            (r"0598[7-9]\d+", Some("05987#*|05988#*|05989#*")),
            (r"(0033|\+33)162......", Some("0033162######|+33162######")),
            ("12{2}3", Some("1223")),
            ("", Some("")),
            (".*", Some("*")),
            ("1.*2", None),
            ("[a-z]+", None),
            ("1|b", None),
            (r"\b123", None),
            ("(", None),
            (r"\d{3,90}", None),
            ("([0-8]{4}){4}", None),
            ("((((((1{20}){20}){20}){20}){20}){20}){20}", None),
        ] {
            assert_eq!(patterns(expression).as_deref(), expected, "{expression}");
        }
    }
}
