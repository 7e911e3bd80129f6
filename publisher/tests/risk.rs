//! The risk map over small made-up reports.

use std::collections::BTreeMap;

use ringfence::database::Database;
use ringfence::reported::ReportKind;
use ringfence_publisher::Report;
use ringfence_publisher::risk::{Options, RiskMap, SHARES, UNIT, counts, map, rates};

const AS_OF: u32 = 20_000;

fn database() -> Database {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/bundled.rfdb");
    Database::open(path.as_ref()).expect("the bundled database opens")
}

fn report(key: u64, age: u32, count: u32) -> Report {
    Report {
        key,
        day: AS_OF - age,
        kind: ReportKind::Unspecified,
        count,
    }
}

fn make(reports: &[Report], options: &Options<'_>) -> RiskMap {
    let mut sorted = reports.to_vec();
    sorted.sort_unstable();
    let database = database();
    let plan = database.plan().expect("a plan");
    let stream = || counts(sorted.iter().copied().map(Ok), AS_OF);
    map(&plan, AS_OF, options, stream).expect("a map")
}

/// Reports over some exchanges, more in some than in others; a few of numbers
/// that nobody can have.
fn scattered(seed: u64) -> Vec<Report> {
    let mut state = seed;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    let mut found: BTreeMap<(u64, u32), Report> = BTreeMap::new();
    for _ in 0..3_000 {
        let key = match random(10) {
            0..=2 => 12025550000 + random(60),
            3 => 15182340000 + random(10_000),
            4 => 11111110000 + random(100),
            5 => 4930000000 + random(1_000_000),
            6 => 447400000000 + random(50_000),
            _ => {
                10000000000
                    + (200 + random(790)) * 10_000_000
                    + (200 + random(790)) * 10_000
                    + random(10_000)
            }
        };
        let report = report(key, random(90) as u32, 1 + random(3) as u32);
        found.insert((key, report.day), report);
    }
    found.into_values().collect()
}

#[test]
fn a_hot_block_is_hot_and_a_number_reported_often_is_not_a_block() {
    let mut reports: Vec<Report> = (0..30)
        .map(|number| report(12022345000 + 3 * number, 1, 1))
        .collect();
    reports.push(report(15182341234, 0, 200));
    let map = make(&reports, &Options::default());
    assert!(map.level(12022345001) > 0);
    let level = usize::from(map.level(12022345001));
    assert_eq!(map.levels[level], SHARES[level - 1]);
    assert_eq!((map.levels[0], map.levels.len()), (0, 1 + SHARES.len()));
    assert_eq!(map.level(15182341234), 0);
    assert_eq!(map.level(15182341235), 0);
    assert_eq!(map.level(12022355001), 0);
    assert_eq!(map.level(0), 0);
    assert_eq!(map.level(u64::MAX), 0);
    // With numbers told, the number is hot and its neighbours are not.
    let options = Options {
        numbers: true,
        ..Options::default()
    };
    let map = make(&reports, &options);
    assert_eq!(map.level(15182341234), SHARES.len() as u8);
    assert_eq!(map.level(15182341235), 0);
}

#[test]
fn a_single_number_makes_no_block_hot() {
    let one = [report(12022345000, 0, 9), report(13122345000, 0, 1)];
    assert_eq!(make(&one, &Options::default()).steps, []);
    let two = [report(12022345000, 0, 1), report(12022345900, 0, 1)];
    let map = make(&two, &Options::default());
    assert!(map.level(12022345999) > 0);
    assert_eq!(map.level(13122345000), 0);
}

fn lifts_has(reports: &[Report], (level, block): (u8, u64)) -> bool {
    let start = block * 10_u64.pow(level.into());
    let index = reports.partition_point(|report| report.key < start);
    reports
        .get(index)
        .is_some_and(|report| report.key / 10_u64.pow(level.into()) == block)
}

/// The level of a key, found block by block.
fn naive_level(limits: &[(u8, u64, u8)], key: u64) -> u8 {
    let blocks = (0..=4_u8).map(|level| (level, key / 10_u64.pow(level.into())));
    let mut found = blocks.filter_map(|(level, block)| {
        let index = limits.binary_search_by_key(&(level, block), |own| (own.0, own.1));
        index.ok().map(|index| limits[index].2)
    });
    found.next().unwrap_or(0)
}

#[test]
fn steps_say_what_a_look_up_of_the_smallest_block_says() {
    let reports = scattered(11);
    // One country, so that one table of lifts says all.
    let reports: Vec<Report> = reports
        .into_iter()
        .filter(|report| report.key / 10_000_000_000 == 1 && report.key / 10_000_000 != 1111)
        .collect();
    let options = Options {
        numbers: true,
        ..Options::default()
    };
    let map = make(&reports, &options);
    // The first key of a cell has its level: from there a look-up is built.
    let mut limits = Vec::new();
    for &(level, block) in lifts(&reports).keys() {
        let length = 10_u64.pow(level.into());
        let inside = |key: &u64| {
            let blocks = (0..level).map(|below| (below, key / 10_u64.pow(below.into())));
            blocks.into_iter().all(|block| !lifts_has(&reports, block))
        };
        if let Some(key) = (block * length..(block + 1) * length).find(inside) {
            limits.push((level, block, map.level(key)));
        }
    }
    for key in (12025550000..12025550100).chain(15182340000..15182350000) {
        assert_eq!(map.level(key), naive_level(&limits, key), "{key}");
    }
}

#[test]
fn recent_reports_are_hotter_and_denser_blocks_too() {
    let block = |start: u64, age: u32, step: u64, count: u64| {
        (0..count).map(move |number| report(start + number * step, age, 1))
    };
    let reports: Vec<Report> = block(12022345000, 0, 50, 20)
        .chain(block(12023455000, 60, 50, 20))
        .chain(block(12024565000, 60, 250, 4))
        .collect();
    let shares: Vec<u64> = (1..=200).rev().collect();
    let options = Options {
        shares: &shares,
        numbers: false,
        space: &[(1, 1_000_000)],
    };
    // A share is one number each.
    let map = make(&reports, &options);
    let [new, old, thin] = [12022345010, 12023455010, 12024565010].map(|key| map.level(key));
    assert!(new >= old && old >= thin, "{new} {old} {thin}");
    let lifts = lifts(&reports);
    let lift = |block: u64| lifts[&(3, block)];
    assert!(lift(12022345) > lift(12023455));
    assert!(lift(12023455) > lift(12024565));
}

/// The lift of every cell.
fn lifts(reports: &[Report]) -> BTreeMap<(u8, u64), f64> {
    let database = database();
    let plan = database.plan().expect("a plan");
    let counts: Vec<_> = counts(reports.iter().copied().map(Ok), AS_OF)
        .map(|count| count.expect("a count"))
        .collect();
    let mut country = rates::Country {
        numbers: plan.assignable_in(1).expect("a count"),
        ..rates::Country::default()
    };
    counts.iter().for_each(|count| country.add(count));
    let families = counts.split_inclusive(|count| count.level == 4);
    families
        .flat_map(|family| rates::cells(&country, family, &rates::Sizes::Full))
        .map(|cell| ((cell.level, cell.block), cell.lift))
        .collect()
}

#[test]
fn cells_share_out_their_block() {
    let reports = [
        report(12022345000, 0, 1),
        report(12022345001, 0, 1),
        report(12022346000, 0, 1),
    ];
    let counts: Vec<_> = counts(reports.into_iter().map(Ok), AS_OF)
        .map(|count| count.expect("a count"))
        .collect();
    let country = rates::Country {
        numbers: 10_000_000,
        counts: [[10 << 16; 2]; 5],
    };
    let cells = rates::cells(&country, &counts, &rates::Sizes::Full);
    let numbers: u64 = cells.iter().map(|cell| cell.numbers).sum();
    assert_eq!(numbers, 10_000);
    // The exchange: a heat of 2 where 10,000/10,000,000 of 10 was expected, and
    // the rest of it is blocks without a report.
    let exchange = (16.0 + 2.0) / (16.0 + 0.01);
    let rest = exchange * 8.0 / (8.0 + exchange * 0.001);
    let top = cells.last().expect("a cell");
    assert_eq!((top.level, top.numbers), (4, 8_000));
    assert!((top.lift - rest).abs() < 1e-12, "{} {rest}", top.lift);
}

#[test]
fn the_order_of_reports_does_not_matter() {
    let reports = scattered(7);
    let mut reversed = reports.clone();
    reversed.reverse();
    let options = Options::default();
    assert_eq!(make(&reports, &options), make(&reversed, &options));
}

#[test]
fn the_budget_is_never_exceeded_in_any_country() {
    for seed in [1, 2, 3] {
        let reports = scattered(seed);
        let shares = [5_000, 500, 50, 5];
        let space = [(1, 2_000_000), (44, 1_000_000), (49, 3_000_000)];
        for numbers in [false, true] {
            let options = Options {
                shares: &shares,
                numbers,
                space: &space,
            };
            let map = make(&reports, &options);
            let mut used: BTreeMap<u64, [u64; 4]> = BTreeMap::new();
            for pair in map.steps.windows(2) {
                let code = match pair[0].0 / 10_000_000_000 {
                    1 => 1,
                    44 => 44,
                    _ if pair[0].0 / 100_000_000 == 49 => 49,
                    _ => continue,
                };
                let sums = used.entry(code).or_default();
                for sum in &mut sums[..pair[0].1.into()] {
                    *sum += pair[1].0 - pair[0].0;
                }
            }
            assert!(!used.is_empty());
            for (code, sums) in used {
                let all = space.iter().find(|space| u64::from(space.0) == code);
                for (sum, share) in sums.iter().zip(shares) {
                    assert!(
                        *sum <= all.expect("a country").1 * share / UNIT,
                        "{code} {sum}"
                    );
                }
            }
        }
    }
}

#[test]
fn numbers_that_nobody_can_have_are_in_no_block() {
    let reports: Vec<Report> = (0..50).map(|n| report(11111110000 + n, 0, 1)).collect();
    assert_eq!(make(&reports, &Options::default()).steps, []);
}

#[test]
fn steps_change_the_level_and_ascend() {
    let map = make(
        &scattered(5),
        &Options {
            numbers: true,
            ..Options::default()
        },
    );
    assert!(map.steps.len() > 100);
    assert!(map.steps.is_sorted_by(|a, b| a.0 < b.0 && a.1 != b.1));
    assert_ne!(map.steps[0].1, 0);
    assert_eq!(map.steps.last().expect("a step").1, 0);
}

#[test]
fn nothing_in_nothing_out() {
    let map = make(&[], &Options::default());
    assert_eq!((map.steps.len(), map.used.len()), (0, 0));
}
