//! `ringfence evaluate numbers` over made-up complaints, and over the real ones
//! where they are at hand.

mod common;

use std::fmt::Write;
use std::path::Path;

use common::{folder, json, refusal, ringfence, stdout};

/// Complaints in two updates of 300 after 600: half about numbers of one
/// thousand of an exchange, the rest spread; one in a hundred is no number.
fn complaints() -> String {
    let mut state = 1_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let mut text = String::from("pattern\n");
    for row in 0..1_200 {
        let line = match row % 100 {
            0 => "call me".to_owned(),
            row if row % 2 == 0 => format!("202234{:04}", 5_000 + random(1_000)),
            _ => format!("312{:03}{:04}", 220 + random(700), random(10_000)),
        };
        let _ = writeln!(text, "{line}");
    }
    text
}

const CUTS: &str = "date,rows\n2025-11-14,600\n2025-11-20,900\n2025-11-21,1200\n";

/// A folder with these files.
fn files(complaints: &str, cuts: &str) -> (tempfile::TempDir, String) {
    let made = folder();
    std::fs::write(made.path().join("complaints.csv"), complaints).expect("written");
    std::fs::write(made.path().join("cuts.csv"), cuts).expect("written");
    let path = made.path().to_str().expect("UTF-8").to_owned();
    (made, path)
}

#[test]
fn a_hot_block_is_flagged_and_what_is_no_number_stays_in_the_rows() {
    let (_made, path) = files(&complaints(), CUTS);
    let found = json(&["evaluate", "numbers", &path, "--json"]);
    let updates = found["updates"].as_array().expect("updates");
    assert_eq!(updates.len(), 2);
    for (update, [day, trained]) in updates
        .iter()
        .zip([["2025-11-14", "600"], ["2025-11-20", "900"]])
    {
        assert_eq!(update["as_of"], day);
        assert_eq!(update["trained"].to_string(), trained);
        assert_eq!(update["rows"], 300);
        // The thousand of the exchange has 49 % of the rows.
        let caught = update["map"][0]["coverage"].as_f64().expect("a share");
        assert!((0.48..0.52).contains(&caught), "{update}");
        let space = update["map"][0]["space"].as_f64().expect("a share");
        assert!(space <= 0.0001, "{update}");
    }
    let measures = found["measures"].as_array().expect("measures");
    let measure = |id: &str| {
        let found = measures.iter().find(|measure| measure["id"] == id);
        found.unwrap_or_else(|| panic!("{id} is measured"))
    };
    assert_eq!(measure("rows")["value"], 1_200.0);
    assert_eq!(measure("rows_unreadable")["value"], 12.0);
    assert_eq!(measure("map_1000")["at_least"], 0.25);
    assert_eq!(measure("map_1000")["met"], true);
    assert!(measure("list")["value"].as_f64() > Some(0.0));
    assert!(measure("blocks")["value"].as_f64() >= measure("list")["value"].as_f64());
    // A map of 6 days ago flags as much: the hot thousand stays.
    assert!(measure("kept_map_1000_1")["value"].as_f64() > Some(0.9));
}

#[test]
fn the_table_says_what_is_met_and_the_figure_is_drawn() {
    let (made, path) = files(&complaints(), CUTS);
    let plots = made.path().join("figures");
    let plots = plots.to_str().expect("UTF-8");
    let file = format!("{path}/complaints.csv");
    let text = stdout(&ringfence(&[
        "evaluate", "numbers", &file, "--plots", plots,
    ]));
    assert!(
        text.contains("Trained to") && text.contains("2025-11-20"),
        "{text}"
    );
    assert!(text.contains("of 3 goals are met."), "{text}");
    let svg = std::fs::read_to_string(Path::new(plots).join("coverage.svg")).expect("a figure");
    assert!(
        svg.starts_with("<svg ") && svg.contains("exact list"),
        "{svg}"
    );
    let again = stdout(&ringfence(&["evaluate", "numbers", &path]));
    assert_eq!(text, again);
}

#[test]
fn what_cannot_be_scored_is_refused_in_one_line() {
    let all = complaints();
    let says = |complaints: &str, cuts: &str, words: &str| {
        let (_made, path) = files(complaints, cuts);
        let line = refusal(&["evaluate", "numbers", &path]);
        assert!(line.contains(words), "{line}");
    };
    says("", CUTS, "the first line");
    says("pattern\n", CUTS, "there is no row");
    says(&all, "", "cuts.csv:1: a file of cuts has");
    says(
        &all,
        "date,rows\n2025-11-14,900\n2025-11-20,600\n",
        "cuts.csv:3: ",
    );
    says(&all, "date,rows\n2025-11-14,9000\n", "beyond the end");
    says(&all, "date,rows\n2025-11-14,1200\n", "no cut has");
    let line = refusal(&["evaluate", "numbers", "nowhere"]);
    assert!(line.contains("nowhere"), "{line}");
}

/// The averages that docs/risk-map.md tells of, a little less.
#[test]
fn the_real_complaints_are_flagged_as_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/ftc");
    if !Path::new(path).exists() {
        println!("The FTC's complaints are not here: nothing was scored.");
        return;
    }
    let found = json(&["evaluate", "numbers", path, "--json"]);
    let measures = found["measures"].as_array().expect("measures");
    for (id, least) in [("map_1000", 0.26), ("map_3000", 0.33), ("map_10000", 0.405)] {
        let measure = measures.iter().find(|measure| measure["id"] == id);
        let value = measure.and_then(|measure| measure["value"].as_f64());
        assert!(value > Some(least), "{id}: {value:?}");
    }
}
