//! What other people's reports say of a caller: single numbers, lists of
//! beginnings, and the blocks around them.

use super::rules::{Context, Evidence, Finding};
use super::trail::{Origin, Text};
use super::{Action, Category, Memory};
use crate::database::Fault;
use crate::reported::{Class, ReportKind, Risk, Strength};

const NO_NUMBER: &str = "There is no number to look up.";
/// Confidence that a list of beginnings gives, in percent.
const PREFIX: u8 = 55;

impl<M: Memory + ?Sized> Context<'_, M> {
    /// A number that was reported: by the user, or by others.
    pub(super) fn listed(&self) -> Finding {
        if self.recalled.marked_scam.is_some() {
            return Finding::Yes(Evidence {
                category: Category::MarkedScam,
                confidence: 90,
                standard: Action::Silence,
                text: Text::Fixed("You marked this number as a scam."),
                origin: Origin::Memory,
            });
        }
        self.reported_by_others()
            .unwrap_or_else(Finding::Unreadable)
    }

    fn reported_by_others(&self) -> Result<Finding, Fault> {
        let Some(key) = self.key() else {
            return Ok(Finding::No(NO_NUMBER, Origin::Phone));
        };
        // What one list says holds, whatever is wrong with the other.
        let listed = self.on_list(key);
        if let Ok(Some(evidence)) = listed {
            return Ok(Finding::Yes(evidence));
        }
        match (self.on_prefixes(key)?, listed?) {
            (Some(evidence), _) => Ok(Finding::Yes(evidence)),
            (None, _) if self.database.has_lists() => Ok(Finding::No(
                "You have not marked it as a scam, and it is on no list of numbers that others \
                 reported.",
                Origin::Reports,
            )),
            (None, _) => Ok(Finding::No(
                "You have not marked it as a scam. This database holds no list of numbers that \
                 others reported.",
                Origin::Database,
            )),
        }
    }

    fn on_list(&self, key: u64) -> Result<Option<Evidence>, Fault> {
        let Some(listed) = self.database.listed()? else {
            return Ok(None);
        };
        let listing = listed.find(key)?;
        Ok(listing.map(|listing| {
            let (confidence, standard) = strength(listing.class);
            Evidence {
                category: Category::Listed,
                confidence,
                standard,
                text: Text::Listed(listing),
                origin: Origin::Listed(listed.as_of()),
            }
        }))
    }

    fn on_prefixes(&self, key: u64) -> Result<Option<Evidence>, Fault> {
        let Some(prefixes) = self.database.prefixes()? else {
            return Ok(None);
        };
        let kind = prefixes.find(key)?;
        Ok(kind.map(|kind| Evidence {
            category: Category::Listed,
            confidence: PREFIX,
            standard: Action::Warn,
            text: Text::Prefix(kind),
            origin: Origin::Prefixes(prefixes.as_of()),
        }))
    }

    /// A number whose neighbours were reported: by the user, or by others.
    pub(super) fn risk_map(&self) -> Finding {
        if self.recalled.near_scam.is_some() {
            return Finding::Yes(Evidence {
                category: Category::HotBlock,
                confidence: 55,
                standard: Action::Warn,
                text: Text::Fixed(
                    "It differs only in the last digits from a number that you marked as a scam \
                     in the last two weeks.",
                ),
                origin: Origin::Memory,
            });
        }
        self.hot_block().unwrap_or_else(Finding::Unreadable)
    }

    fn hot_block(&self) -> Result<Finding, Fault> {
        let Some(map) = self.database.risk_map()? else {
            return Ok(Finding::No(
                "You marked no number next to it as a scam lately. This database holds no map of \
                 reported neighbourhoods.",
                Origin::Database,
            ));
        };
        let Some(key) = self.key() else {
            return Ok(Finding::No(NO_NUMBER, Origin::Phone));
        };
        let Some(risk) = map.find(key)? else {
            return Ok(Finding::No(
                "You marked no number next to it as a scam lately, and others report its \
                 neighbours no more than any.",
                Origin::Reports,
            ));
        };
        Ok(Finding::Yes(Evidence {
            category: Category::HotBlock,
            confidence: neighbourhood(risk),
            standard: Action::Warn,
            text: Text::HotBlock(risk),
            origin: Origin::HotBlock(map.as_of()),
        }))
    }

    /// The caller's number as a key of the sets of reported numbers.
    fn key(&self) -> Option<u64> {
        self.number().and_then(|number| number.e164.key())
    }
}

/// Confidence in percent that neighbours alone give on the day of the map:
/// never that of a few reports of the number itself. In the tests of
/// docs/risk-map.md numbers of the hottest thousandth are reported some 300
/// times as often as any, of the next two some 35 times, of the rest some 15
/// times.
fn neighbourhood(risk: Risk) -> u8 {
    match risk.share {
        0..=1_000 => 55,
        1_001..=3_000 => 45,
        _ => 35,
    }
}

/// Confidence in percent on the day of the list, and what the standard mode
/// does: callers change their numbers, and now and then show those of others,
/// so one report only warns.
fn strength(class: Class) -> (u8, Action) {
    let (confidence, action) = match (class.strength, class.recent) {
        (Strength::Once, false) => (35, Action::Warn),
        (Strength::Once, true) => (45, Action::Warn),
        (Strength::Few, false) => (50, Action::Warn),
        (Strength::Few, true) => (60, Action::Warn),
        (Strength::Many, _) => (80, Action::Silence),
    };
    match class.kind {
        ReportKind::Fraud => (confidence + 5, action),
        ReportKind::Unspecified | ReportKind::Unwanted => (confidence, action),
    }
}
