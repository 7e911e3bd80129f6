//! The numbering plan as the database holds it.

use super::{Kind, Length, Region};
use crate::automaton::{ANY_COUNT, Automaton, LEAF, Outcome};
use crate::database::{Database, Fault, FaultKind, Section, SectionId};

/// The layout of the section `plan`.
///
/// All integers are little-endian.
///
/// | offset | content |
/// |---|---|
/// | 0 | u16: number of territories |
/// | 2 | u16: how many of them have a two-letter code; they come first, sorted |
/// | 4 | u16: number of calling codes |
/// | 6 | u16: number of actions |
/// | 8 | u32: number of words of the automaton |
/// | 12 | u32: zero |
/// | 16 | u8 for each calling code 0 to 999: 0 or the number of its entry |
/// | 1016 | u8 for each pair of letters AA to ZZ: 0 or the number of the territory with that code |
/// | 1692 | u32: zero |
/// | 1696 | calling codes, 8 bytes each: u16 code, u16 main territory, u16 address of the classification, u16 flags |
/// | then | territories, 24 bytes each: `[u8; 3]` region, u8 zero, u16 calling code, u16 address of the general pattern, u16 of the international prefix, u16 of the national prefix, u32 mask of possible lengths, u32 of local-only lengths, u16 mask of the digits an international prefix can start with, u16 of those a national prefix can |
/// | then | actions, 8 bytes each: u8 end, u8 from, u8 to, u8 number of literal digits, `[u8; 4]` those digits |
/// | then | the words of the automaton |
///
/// Entries of calling codes, territories and actions are numbered from 1, so
/// that 0 stands for none.
///
/// The functions of the automaton:
/// * the **classification** of a calling code maps a national significant
///   number to its kind (bits 0 to 3), the number of its territory (bits 4 to
///   12) and [`STICKY`](layout::STICKY);
/// * the **general pattern** of a territory maps the numbers that match its
///   general description to 1;
/// * its **international prefix** maps what was dialled to the length of the
///   prefix to strip;
/// * its **national prefix** maps what was dialled to an action: the number
///   becomes the action's literal digits, its digits `from..to`, and its
///   digits from `end` on.
pub mod layout {
    /// Offset of the index of calling codes.
    pub const CODE_INDEX: usize = 16;
    /// Offset of the index of two-letter codes.
    pub const REGION_INDEX: usize = 1016;
    /// Offset of the calling codes.
    pub const CODES: usize = 1696;
    /// Length in bytes of a calling code's entry.
    pub const CODE_LENGTH: usize = 8;
    /// Flag of a calling code: it belongs to one territory alone.
    pub const SINGLE: u16 = 1;
    /// Length in bytes of a territory's entry.
    pub const TERRITORY_LENGTH: usize = 24;
    /// Length in bytes of an action.
    pub const ACTION_LENGTH: usize = 8;
    /// Most literal digits of an action.
    pub const MAX_LITERAL: usize = 4;
    /// Where the territory's number starts in a classification's output.
    pub const TERRITORY_SHIFT: u32 = 4;
    /// Bits of the kind in a classification's output.
    pub const KIND_MASK: u16 = 15;
    /// Bit of a classification's output: the leading digits alone tell the
    /// territory, whether or not the length fits.
    pub const STICKY: u16 = 1 << 13;
    /// The output for a number whose territory is known, but whose length
    /// does not fit, given the output had it fitted.
    pub const fn without_kind(output: u16) -> u16 {
        if output & STICKY == 0 {
            0
        } else {
            output & !KIND_MASK
        }
    }
}

use layout::{
    ACTION_LENGTH, CODE_INDEX, CODE_LENGTH, CODES, KIND_MASK, MAX_LITERAL, REGION_INDEX, SINGLE,
    STICKY, TERRITORY_LENGTH, TERRITORY_SHIFT, without_kind,
};

/// How many of everything a plan holds, which tells where its parts lie.
#[derive(Clone, Copy, Debug)]
struct Counts {
    territories: u16,
    countries: u16,
    codes: u16,
    actions: u16,
    words: u32,
}

impl Counts {
    #[inline]
    fn read(section: &Section<'_>) -> Result<Self, Fault> {
        let start: [u8; 12] = section.array(0)?;
        let u16_at = |at: usize| u16::from_le_bytes([start[at], start[at + 1]]);
        let counts = Self {
            territories: u16_at(0),
            countries: u16_at(2),
            codes: u16_at(4),
            actions: u16_at(6),
            words: u32::from(u16_at(8)) | u32::from(u16_at(10)) << 16,
        };
        let fits = counts.countries <= counts.territories
            && counts.countries <= 255
            && counts.codes <= 255
            && counts.words >= 2
            && counts.words <= 1 << 16
            && counts.words_start() + 2 * counts.words as usize == section.len();
        if fits {
            Ok(counts)
        } else {
            Err(section.fault(FaultKind::Content))
        }
    }

    fn territories_start(&self) -> usize {
        CODES + usize::from(self.codes) * CODE_LENGTH
    }

    fn actions_start(&self) -> usize {
        self.territories_start() + usize::from(self.territories) * TERRITORY_LENGTH
    }

    fn words_start(&self) -> usize {
        self.actions_start() + usize::from(self.actions) * ACTION_LENGTH
    }
}

/// The numbering plan of the world, read in place from a database.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    counts: Counts,
    section: Section<'a>,
}

/// A calling code's entry.
#[derive(Clone, Copy)]
pub(super) struct CallingCode {
    pub main: Territory,
    main_number: u16,
    classification: u16,
    single: bool,
}

/// A territory's entry.
#[derive(Clone, Copy)]
pub(super) struct Territory {
    pub region: Region,
    pub calling_code: u16,
    general: u16,
    international_prefix: u16,
    national_prefix: u16,
    possible: u32,
    local: u32,
    international_starts: u16,
    national_starts: u16,
}

/// How a national prefix is taken off.
#[derive(Clone, Copy)]
pub(super) struct Action {
    pub end: usize,
    pub from: usize,
    pub to: usize,
    literal: [u8; MAX_LITERAL],
    literal_length: usize,
}

impl CallingCode {
    /// Where the classification of its numbers starts.
    pub fn classification(&self) -> u16 {
        self.classification
    }
}

/// Whether the first digit is one of those whose bits are set. Spares most
/// numbers a walk.
#[inline]
fn starts(digits: u16, dialled: &[u8]) -> bool {
    dialled
        .first()
        .is_some_and(|&digit| digits >> (digit & 15) & 1 == 1)
}

impl Action {
    /// Whether it only leaves digits out.
    pub fn only_strips(&self) -> bool {
        self.literal_length == 0 && self.from == self.to
    }

    pub fn literal(&self) -> &[u8] {
        self.literal.get(..self.literal_length).unwrap_or_default()
    }
}

impl Territory {
    /// libphonenumber's `testNumberLength` for a national number of `digits`
    /// digits.
    #[inline]
    pub fn test_length(&self, digits: usize) -> Length {
        let bit = if digits < 32 { 1_u32 << digits } else { 0 };
        if self.local & bit != 0 {
            Length::LocalOnly
        } else if self.possible & bit != 0 {
            Length::Possible
        } else if digits < self.possible.trailing_zeros() as usize {
            Length::TooShort
        } else if digits > 31 - self.possible.leading_zeros().min(31) as usize {
            Length::TooLong
        } else {
            Length::InvalidLength
        }
    }
}

impl Database {
    /// The numbering plan.
    ///
    /// # Errors
    /// A [`Fault`] if the section is missing or damaged.
    #[inline]
    pub fn plan(&self) -> Result<Plan<'_>, Fault> {
        let section = self.section(SectionId::PLAN)?;
        Ok(Plan {
            counts: Counts::read(&section)?,
            section,
        })
    }
}

impl<'a> Plan<'a> {
    /// The regions the plan knows, in alphabetical order, without
    /// [`Region::WORLD`].
    pub fn regions(&self) -> impl Iterator<Item = Region> {
        (1..=self.counts.countries).filter_map(|number| Some(self.territory(number).ok()?.region))
    }

    /// Whether the plan knows the region.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn knows(&self, region: Region) -> Result<bool, Fault> {
        Ok(self.territory_of(region)?.is_some())
    }

    /// The calling code of a region, such as 44 for `GB`.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn calling_code_of(&self, region: Region) -> Result<Option<u16>, Fault> {
        Ok(self.territory_of(region)?.map(|found| found.calling_code))
    }

    /// The lengths of national numbers after a calling code, then those that
    /// are dialled only within an area: bit *n* is set if there are numbers of
    /// *n* digits. Both 0 if nobody has the code.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn possible_lengths(&self, calling_code: u16) -> Result<[u32; 2], Fault> {
        let code = self.calling_code(calling_code)?;
        Ok(code.map_or([0; 2], |code| [code.main.possible, code.main.local]))
    }

    pub(super) fn automaton(&self) -> Automaton<'a> {
        Automaton::new(self.section, self.counts.words_start())
    }

    /// The entry of a calling code.
    pub(super) fn calling_code(&self, code: u16) -> Result<Option<CallingCode>, Fault> {
        match self.code_number(code)? {
            0 => Ok(None),
            number => self.code_entry(number).map(Some),
        }
    }

    /// The number of a calling code's entry; 0 if nobody has the code.
    #[inline(always)]
    pub(super) fn code_number(&self, code: u16) -> Result<u8, Fault> {
        if code > 999 {
            return Ok(0);
        }
        self.section.u8(CODE_INDEX + usize::from(code))
    }

    /// The calling code's entry with this number, counted from 1.
    #[inline(always)]
    pub(super) fn code_entry(&self, number: u8) -> Result<CallingCode, Fault> {
        if number == 0 {
            return Err(self.section.fault(FaultKind::Content));
        }
        let at = CODES + (usize::from(number) - 1) * CODE_LENGTH;
        let entry: [u8; CODE_LENGTH] = self.section.array(at)?;
        let [_, _, main_0, main_1, address_0, address_1, flags, _] = entry;
        let main_number = u16::from_le_bytes([main_0, main_1]);
        Ok(CallingCode {
            main: self.territory(main_number)?,
            main_number,
            classification: u16::from_le_bytes([address_0, address_1]),
            single: u16::from(flags) & SINGLE != 0,
        })
    }

    /// The territory with this number, counted from 1.
    #[inline(always)]
    fn territory(&self, number: u16) -> Result<Territory, Fault> {
        if number == 0 || number > self.counts.territories {
            return Err(self.section.fault(FaultKind::Content));
        }
        let at = self.counts.territories_start() + (usize::from(number) - 1) * TERRITORY_LENGTH;
        let entry: [u8; TERRITORY_LENGTH] = self.section.array(at)?;
        let u16_at = |at: usize| u16::from_le_bytes([entry[at], entry[at + 1]]);
        let u32_at = |at: usize| {
            u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]])
        };
        let Some(region) = Region::from_bytes([entry[0], entry[1], entry[2]]) else {
            return Err(self.section.fault(FaultKind::Content));
        };
        Ok(Territory {
            region,
            calling_code: u16_at(4),
            general: u16_at(6),
            international_prefix: u16_at(8),
            national_prefix: u16_at(10),
            possible: u32_at(12),
            local: u32_at(16),
            international_starts: u16_at(20),
            national_starts: u16_at(22),
        })
    }

    /// The territory of a region with a two-letter code.
    #[inline]
    pub(super) fn territory_of(&self, region: Region) -> Result<Option<Territory>, Fault> {
        let letter = |byte: u8| byte.checked_sub(b'A').filter(|&letter| letter < 26);
        let [first, second, _] = region.bytes();
        let (Some(first), Some(second)) = (letter(first), letter(second)) else {
            return Ok(None);
        };
        let at = REGION_INDEX + usize::from(first) * 26 + usize::from(second);
        match self.section.u8(at)? {
            0 => Ok(None),
            number => self.territory(number.into()).map(Some),
        }
    }

    /// The region and kind of a national significant number.
    #[inline]
    pub(super) fn classify(
        &self,
        code: &CallingCode,
        national: &[u8],
    ) -> Result<(Option<Region>, Kind), Fault> {
        let outcome = self.automaton().run(code.classification, national)?;
        let output = match outcome {
            Outcome { output, fits: true } => output,
            Outcome { output, .. } => without_kind(output),
        };
        let Some(kind) = Kind::from_code(output & KIND_MASK) else {
            return Err(self.section.fault(FaultKind::Content));
        };
        let region = match (output & !STICKY) >> TERRITORY_SHIFT {
            0 if code.single => Some(code.main.region),
            0 => None,
            number if number == code.main_number => Some(code.main.region),
            number => Some(self.territory(number)?.region),
        };
        Ok((region, kind))
    }

    /// Whether the number matches the territory's general description, its
    /// length left aside.
    #[inline]
    pub(super) fn is_general(&self, territory: &Territory, national: &[u8]) -> Result<bool, Fault> {
        let outcome = self.automaton().run(territory.general, national)?;
        Ok(outcome.value() != 0)
    }

    /// How many digits the international prefix has at the start of what was
    /// dialled; 0 if there is none.
    #[inline]
    pub(super) fn international_prefix(
        &self,
        territory: &Territory,
        dialled: &[u8],
    ) -> Result<usize, Fault> {
        if !starts(territory.international_starts, dialled) {
            return Ok(0);
        }
        let outcome = self
            .automaton()
            .run(territory.international_prefix, dialled)?;
        Ok(usize::from(outcome.value()))
    }

    /// How to take off the national prefix at the start of what was dialled.
    #[inline]
    pub(super) fn national_prefix(
        &self,
        territory: &Territory,
        dialled: &[u8],
    ) -> Result<Option<Action>, Fault> {
        if !starts(territory.national_starts, dialled) {
            return Ok(None);
        }
        let outcome = self.automaton().run(territory.national_prefix, dialled)?;
        match outcome.value() {
            0 => Ok(None),
            number => self.action(number).map(Some),
        }
    }

    fn action(&self, number: u16) -> Result<Action, Fault> {
        if number > self.counts.actions {
            return Err(self.section.fault(FaultKind::Content));
        }
        let at = self.counts.actions_start() + (usize::from(number) - 1) * ACTION_LENGTH;
        let [end, from, to, literal_length] = self.section.array(at)?;
        let action = Action {
            end: end.into(),
            from: from.into(),
            to: to.into(),
            literal: self.section.array(at + 4)?,
            literal_length: literal_length.into(),
        };
        let digits = action.literal().iter().all(|&digit| digit <= 9);
        if digits && action.literal_length <= MAX_LITERAL && action.from <= action.to {
            Ok(action)
        } else {
            Err(self.section.fault(FaultKind::Content))
        }
    }

    /// Checks that every number, address and output in the section has a
    /// meaning. Reading checks each as it comes; this finds a publisher's
    /// mistakes before anyone relies on the file.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        let content = self.section.fault(FaultKind::Content);
        let good = |fine: bool| fine.then_some(()).ok_or(content);
        let counts = &self.counts;
        let states = self.automaton().verify(counts.words as usize, |_| true)?;
        for code in 0..1000_u16 {
            good(
                usize::from(self.section.u8(CODE_INDEX + usize::from(code))?)
                    <= counts.codes.into(),
            )?;
            if let Some(entry) = self.calling_code(code)? {
                good(entry.main.calling_code == code && states.contains(entry.classification))?;
            }
        }
        for number in 1..=counts.territories {
            let territory = self.territory(number)?;
            if number <= counts.countries {
                let found = self.territory_of(territory.region)?;
                good(found.is_some_and(|found| found.region == territory.region))?;
            }
            let addresses = [
                territory.general,
                territory.international_prefix,
                territory.national_prefix,
            ];
            good(
                addresses
                    .into_iter()
                    .all(|address| states.contains(address)),
            )?;
            good(territory.possible != 0 && territory.possible & territory.local == 0)?;
        }
        for number in 1..=counts.actions {
            let action = self.action(number)?;
            good(action.to <= action.end && action.end > 0)?;
        }
        // The two words of the function that is 0 everywhere.
        let start = counts.words_start();
        good(self.section.u16(start)? == LEAF && LEAF & ANY_COUNT == 0)?;
        good(self.section.u16(start + 2)? == 0)
    }
}
