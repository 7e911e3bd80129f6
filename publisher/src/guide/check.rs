//! Checks that all files of the guide share.

use ringfence::check::guide::{EvidenceGroup, EvidenceIndex, ScriptIndex};
use ringfence::number::Region;
use ringfence::screening::Date;
use serde::Deserialize;
use toml::Spanned;

use super::{Citation, Evidence};
use crate::Error;
use crate::facts;
use crate::source::Source;

/// Longest id, in characters.
const MAX_ID: usize = 40;
/// Longest name of a source, in characters.
const MAX_SOURCE: usize = 300;
/// Longest address of a page, in characters.
const MAX_URL: usize = 300;
/// Countries of ISO 3166-1, and Kosovo.
const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL \
    BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV \
    CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD \
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM \
    IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK \
    LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW \
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR \
    PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS \
    ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY \
    UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK";

/// Where a fact comes from, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CitationFile {
    pub name: Spanned<String>,
    pub url: Spanned<String>,
    pub date: Spanned<String>,
}

/// The ids that files can name.
pub(super) struct Known<'a> {
    pub evidence: &'a [Evidence],
    pub scripts: &'a [String],
}

/// A file that is being checked.
#[derive(Clone, Copy)]
pub(super) struct Check<'a>(pub &'a Source);

impl Check<'_> {
    /// Refuses the entry that starts at a byte.
    pub fn refuse<T>(self, at: usize, message: impl Into<String>) -> Result<T, Error> {
        Err(self.0.error(at, message))
    }

    /// A text on one line, of 1 to `most` characters.
    pub fn text(self, text: Spanned<String>, most: usize) -> Result<String, Error> {
        let at = text.span().start;
        let text = text.into_inner();
        let length = text.chars().count();
        if length == 0 || length > most {
            let message = format!("the text has {length} characters: write 1 to {most}");
            return self.refuse(at, message);
        }
        if text.chars().any(char::is_control) {
            return self.refuse(at, "write it on one line, without control characters");
        }
        if text.trim() != text {
            return self.refuse(at, "leave out the spaces at its start and end");
        }
        Ok(text)
    }

    /// Texts as [`Check::text`].
    pub fn texts(self, texts: Vec<Spanned<String>>, most: usize) -> Result<Vec<String>, Error> {
        let texts = texts.into_iter().map(|text| self.text(text, most));
        texts.collect()
    }

    /// An id in snake case.
    pub fn id(self, at: usize, id: &str) -> Result<(), Error> {
        let snake = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if id.bytes().all(snake) && (1..=MAX_ID).contains(&id.len()) {
            return Ok(());
        }
        let message = format!("write the id in lower case with _, with 1 to {MAX_ID} letters");
        self.refuse(at, message)
    }

    /// An id in snake case that none of the entries before has.
    pub fn new_id<'b>(
        self,
        id: Spanned<String>,
        mut before: impl Iterator<Item = &'b str>,
    ) -> Result<String, Error> {
        let at = id.span().start;
        let id = id.into_inner();
        self.id(at, &id)?;
        if before.any(|other| other == id) {
            return self.refuse(at, format!("the id {id} is used before: choose another"));
        }
        Ok(id)
    }

    /// A country's code.
    pub fn country(self, code: &Spanned<String>) -> Result<Region, Error> {
        let text = code.get_ref();
        match text.parse::<Region>() {
            Ok(region) if COUNTRIES.split(' ').any(|country| country == text) => Ok(region),
            _ => {
                let message = format!("there is no country {text}: write its ISO code, such as GB");
                self.refuse(code.span().start, message)
            }
        }
    }

    /// Countries' codes, each once.
    pub fn countries(self, codes: &[Spanned<String>]) -> Result<Vec<Region>, Error> {
        let mut regions = Vec::new();
        for code in codes {
            let region = self.country(code)?;
            if regions.contains(&region) {
                let message = format!("{region} stands here twice: leave one out");
                return self.refuse(code.span().start, message);
            }
            regions.push(region);
        }
        Ok(regions)
    }

    /// The date on which a source was consulted.
    pub fn date(self, date: &Spanned<String>) -> Result<Date, Error> {
        match facts::date(date.get_ref()) {
            Some(date) => Ok(date),
            None => self.refuse(date.span().start, "write the date as 2026-11-22"),
        }
    }

    /// The address of a page.
    pub fn url(self, url: Spanned<String>) -> Result<String, Error> {
        let at = url.span().start;
        let url = self.text(url, MAX_URL)?;
        let host = url.strip_prefix("https://").or(url.strip_prefix("http://"));
        if host.is_none_or(str::is_empty) || url.contains(char::is_whitespace) {
            return self.refuse(
                at,
                "write the address of a page, such as https://example.org",
            );
        }
        Ok(url)
    }

    /// Who says a fact.
    pub fn source(self, name: Spanned<String>) -> Result<String, Error> {
        if name.get_ref().trim().is_empty() {
            return self.refuse(name.span().start, "name the source");
        }
        self.text(name, MAX_SOURCE)
    }

    /// Where a fact comes from.
    pub fn citation(self, citation: CitationFile) -> Result<Citation, Error> {
        Ok(Citation {
            name: self.source(citation.name)?,
            url: self.url(citation.url)?,
            date: self.date(&citation.date)?,
        })
    }

    /// The evidence with an id.
    pub fn evidence(
        self,
        known: &Known<'_>,
        id: &Spanned<String>,
    ) -> Result<(EvidenceIndex, EvidenceGroup), Error> {
        let name = id.get_ref();
        match known.evidence.iter().position(|other| other.id == *name) {
            Some(index) => Ok((EvidenceIndex(index as u16), known.evidence[index].group)),
            None => {
                let message =
                    format!("flags.toml has no evidence {name}: correct the id or add it there");
                self.refuse(id.span().start, message)
            }
        }
    }

    /// Pieces of evidence, each once, all of groups that `fits`; `remedy`
    /// says which those are.
    pub fn all_evidence(
        self,
        known: &Known<'_>,
        ids: &[Spanned<String>],
        fits: impl Fn(EvidenceGroup) -> bool,
        remedy: &str,
    ) -> Result<Vec<EvidenceIndex>, Error> {
        let mut all = Vec::new();
        for id in ids {
            let at = id.span().start;
            let (index, group) = self.evidence(known, id)?;
            if !fits(group) {
                let message = format!("{} is of the group {group}: {remedy}", id.get_ref());
                return self.refuse(at, message);
            }
            if all.contains(&index) {
                let message = format!("{} stands here twice: leave one out", id.get_ref());
                return self.refuse(at, message);
            }
            all.push(index);
        }
        Ok(all)
    }

    /// The scripts with these ids, each once.
    pub fn scripts(
        self,
        known: &Known<'_>,
        ids: &[Spanned<String>],
    ) -> Result<Vec<ScriptIndex>, Error> {
        let mut all = Vec::new();
        for id in ids {
            let (at, name) = (id.span().start, id.get_ref());
            let Ok(index) = known.scripts.binary_search(name) else {
                let message = format!("there is no scripts/{name}.toml: correct the id or add it");
                return self.refuse(at, message);
            };
            let index = ScriptIndex(index as u16);
            if all.contains(&index) {
                return self.refuse(at, format!("{name} stands here twice: leave one out"));
            }
            all.push(index);
        }
        Ok(all)
    }
}
