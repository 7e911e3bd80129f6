//! The confusion by script: what was each call taken for?

use std::collections::{BTreeMap, BTreeSet};

use super::cases::{GENUINE, UNSURE};
use super::plot::{Anchor, FAINT, INK, Svg};

/// One cell, and the room for names.
const CELL: f64 = 22.0;
const NAMES: f64 = 215.0;
const TOP: f64 = 70.0;
const SUMS: f64 = 100.0;

/// Draws it: rows are what calls were, columns what they were taken for.
pub fn draw(counts: &BTreeMap<(String, String), usize>) -> String {
    let places = places(counts);
    let columns: Vec<&str> = places.iter().copied().chain([UNSURE]).collect();
    let width = (NAMES + columns.len() as f64 * CELL + SUMS).max(640.0);
    let height = TOP + NAMES + places.len() as f64 * CELL + 30.0;
    let mut svg = Svg::new(
        width,
        height,
        "Confusion by script: what each call was taken for",
    );
    let (left, top) = (NAMES, TOP + NAMES);
    svg.text(
        (16.0, 24.0),
        0.0,
        15.0,
        Anchor::Start,
        "Confusion by script",
    );
    let legend = "Rows: what the call was. Columns: the script that is named if the verdict is \
                  scam, or the verdict.";
    svg.text((16.0, 44.0), 0.0, 12.0, Anchor::Start, legend);
    let shade = "Shade: share of the row. Green is right, red is wrong.";
    svg.text((16.0, 60.0), 0.0, 12.0, Anchor::Start, shade);
    for (index, column) in columns.iter().enumerate() {
        let x = left + index as f64 * CELL;
        svg.text(
            (x + CELL / 2.0 + 4.0, top - 6.0),
            -90.0,
            11.0,
            Anchor::Start,
            column,
        );
    }
    let right = left + columns.len() as f64 * CELL;
    svg.text(
        (right + 8.0, top - 6.0),
        0.0,
        11.0,
        Anchor::Start,
        "right of all",
    );
    for (index, truth) in places.iter().enumerate() {
        let y = top + index as f64 * CELL;
        row(&mut svg, counts, truth, &columns, y);
    }
    let bottom = top + places.len() as f64 * CELL;
    for index in 0..=columns.len() {
        let x = left + index as f64 * CELL;
        svg.line((x, top), (x, bottom), FAINT);
    }
    for index in 0..=places.len() {
        let y = top + index as f64 * CELL;
        svg.line((left, y), (right, y), FAINT);
    }
    svg.finish()
}

/// Every script that occurs, by name, and then genuine calls.
fn places(counts: &BTreeMap<(String, String), usize>) -> Vec<&str> {
    let names = counts.keys().flat_map(|(truth, found)| [truth, found]);
    let names: BTreeSet<&str> = names.map(String::as_str).collect();
    let scripts = names
        .into_iter()
        .filter(|name| ![GENUINE, UNSURE].contains(name));
    scripts.chain([GENUINE]).collect()
}

fn row(
    svg: &mut Svg,
    counts: &BTreeMap<(String, String), usize>,
    truth: &str,
    columns: &[&str],
    y: f64,
) {
    let count = |found: &str| {
        let key = (truth.to_owned(), found.to_owned());
        counts.get(&key).copied().unwrap_or(0)
    };
    let total: usize = columns.iter().map(|found| count(found)).sum();
    let baseline = y + CELL / 2.0 + 4.0;
    svg.text((NAMES - 6.0, baseline), 0.0, 11.0, Anchor::End, truth);
    for (index, found) in columns.iter().enumerate() {
        let number = count(found);
        if number == 0 {
            continue;
        }
        let x = NAMES + index as f64 * CELL;
        let share = number as f64 / total as f64;
        svg.rect(x, y, CELL, CELL, &shade(share, *found == truth));
        let ink = if share > 0.6 { "#fff" } else { INK };
        let at = (x + CELL / 2.0, y + CELL / 2.0 + 3.0);
        svg.coloured(at, 0.0, 9.0, Anchor::Middle, &number.to_string(), ink);
    }
    let right = NAMES + columns.len() as f64 * CELL;
    let sum = format!("{} of {total}", count(truth));
    svg.text((right + 8.0, baseline), 0.0, 11.0, Anchor::Start, &sum);
}

/// White for none of a row to a full colour for all of it. Small shares of
/// what is wrong are seen too.
fn shade(share: f64, right: bool) -> String {
    let full = if right { [22, 105, 62] } else { [170, 30, 40] };
    let strength = if right { share } else { 0.12 + 0.88 * share };
    let part = |full: i32| (255.0 + strength * f64::from(full - 255)).round() as u8;
    let [red, green, blue] = full.map(part);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_has_a_row_and_a_column() {
        let counts = [
            (("romance", "job"), 3),
            (("romance", UNSURE), 1),
            ((GENUINE, GENUINE), 9),
        ];
        let counts: BTreeMap<_, _> = counts
            .into_iter()
            .map(|((truth, found), count)| ((truth.to_owned(), found.to_owned()), count))
            .collect();
        assert_eq!(places(&counts), ["job", "romance", GENUINE]);
        let svg = draw(&counts);
        assert_eq!(svg.matches(">romance</text>").count(), 2);
        assert_eq!(svg.matches(">unsure</text>").count(), 1);
        assert!(svg.contains(">0 of 4</text>") && svg.contains(">9 of 9</text>"));
        assert_eq!(svg, draw(&counts));
        assert_eq!(shade(0.0, true), "#ffffff");
        assert_eq!(shade(1.0, true), "#16693e");
    }
}
