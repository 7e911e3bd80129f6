//! Single numbers that were reported.

use super::{Member, NumberSet, ReportKind, layout};
use crate::database::{Database, Fault, FaultKind, Section, SectionId};

/// Days before the day of the list in which a report is recent.
pub const WEEK: u32 = 7;

/// How much speaks against a number, by the reports of the last weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// About one report.
    Once,
    /// Two or three, or more but none in the week before the day of the list.
    Few,
    /// Four or more, the last in the week before the day of the list.
    Many,
}

/// What a list says of a number in four bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    /// What most reports say the calls were.
    pub kind: ReportKind,
    /// How much speaks against it.
    pub strength: Strength,
    /// Whether it was reported in the week before the day of the list, as
    /// those of [`Strength::Many`] always were.
    pub recent: bool,
}

/// The combinations of strength and recency that are told apart.
const GRADES: [(Strength, bool); 5] = [
    (Strength::Once, false),
    (Strength::Once, true),
    (Strength::Few, false),
    (Strength::Few, true),
    (Strength::Many, true),
];

impl Class {
    /// The payload of a number of this class in the set, 0 to 14.
    pub fn code(self) -> u8 {
        let recent = self.recent || self.strength == Strength::Many;
        let mut grades = GRADES.iter();
        let grade = grades.position(|&grade| grade == (self.strength, recent));
        self.kind as u8 * GRADES.len() as u8 + grade.unwrap_or(0) as u8
    }

    /// The class with this code.
    pub fn from_code(code: u8) -> Option<Self> {
        let kind = ReportKind::from_code(code / GRADES.len() as u8)?;
        let &(strength, recent) = GRADES.get(usize::from(code) % GRADES.len())?;
        Some(Self {
            kind,
            strength,
            recent,
        })
    }
}

/// A number on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What the list says of it.
    pub class: Class,
    /// How many numbers of the list come before it.
    pub rank: u64,
}

/// How often and when a number was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reports {
    /// How often; 65,535 stands for more too.
    pub count: u16,
    /// The day of the first report, counted from 1970-01-01.
    pub first: u32,
    /// The day of the last report.
    pub last: u32,
}

/// The reported numbers of a database, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    section: Section<'a>,
    as_of: u32,
    set: NumberSet<'a>,
}

impl Database {
    /// The numbers that other people reported; `None` if the database has no
    /// such list.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn listed(&self) -> Result<Option<Listed<'_>>, Fault> {
        let Ok(section) = self.section(SectionId::NUMBERS) else {
            return Ok(None);
        };
        Ok(Some(Listed {
            as_of: section.u32(0)?,
            set: NumberSet::read(section, layout::NUMBERS_SET)?,
            section,
        }))
    }

    /// How often and when a listed number was reported, if it was more than
    /// once.
    ///
    /// # Errors
    /// A [`Fault`] if a section is damaged.
    pub fn reports(&self, listing: &Listing) -> Result<Option<Reports>, Fault> {
        let (Some(listed), Ok(section)) = (self.listed()?, self.section(SectionId::REPORTS)) else {
            return Ok(None);
        };
        let (mut low, mut high) = (0, section.len() / layout::REPORT);
        while low < high {
            let middle = low + (high - low) / 2;
            let at = middle * layout::REPORT;
            match u64::from(section.u32(at)?).cmp(&listing.rank) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let [span, age] = section.array(at + 6)?;
                    let last = listed.as_of.saturating_sub(age.into());
                    return Ok(Some(Reports {
                        count: section.u16(at + 4)?,
                        first: last.saturating_sub(span.into()),
                        last,
                    }));
                }
            }
        }
        Ok(None)
    }
}

impl<'a> Listed<'a> {
    /// The day that the list is of, counted from 1970-01-01 in UTC.
    pub fn as_of(&self) -> u32 {
        self.as_of
    }

    /// The numbers, each with the code of its [`Class`].
    pub fn set(&self) -> NumberSet<'a> {
        self.set
    }

    /// What the list says of the number with this E.164 key.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn find(&self, key: u64) -> Result<Option<Listing>, Fault> {
        let member = self.set.find(key)?;
        member.map(|member| self.listing(member)).transpose()
    }

    /// How many of the numbers whose keys are `first` to `last` are listed, and
    /// how many of these were reported in the week before the day of the list.
    ///
    /// # Errors
    /// A [`Fault`] if the section is damaged.
    pub fn count(&self, first: u64, last: u64) -> Result<(u64, u64), Fault> {
        let (mut all, mut recent) = (0, 0);
        for member in self.set.from(first) {
            let member = member?;
            if member.key > last {
                break;
            }
            all += 1;
            recent += u64::from(self.listing(member)?.class.recent);
        }
        Ok((all, recent))
    }

    fn listing(&self, member: Member) -> Result<Listing, Fault> {
        let class = Class::from_code(member.payload);
        Ok(Listing {
            class: class.ok_or(self.section.fault(FaultKind::Content))?,
            rank: member.rank,
        })
    }

    /// Checks that the set is whole and that its classes have a meaning.
    pub(crate) fn verify(&self) -> Result<(), Fault> {
        self.set.verify()?;
        let mut members = self.set.from(0);
        members.try_for_each(|member| self.listing(member?).map(|_| ()))
    }
}

/// Checks that the section `reports` is sorted and speaks of listed numbers.
pub(super) fn verify_reports(section: &Section<'_>, listed: &Listed<'_>) -> Result<(), Fault> {
    let content = section.fault(FaultKind::Content);
    let mut next = 0;
    for at in (0..section.len()).step_by(layout::REPORT) {
        let rank = u64::from(section.u32(at)?);
        if rank < next || section.u16(at + 4)? == 0 {
            return Err(content);
        }
        next = rank + 1;
    }
    let whole = section.len().is_multiple_of(layout::REPORT);
    (whole && next <= listed.set.len())
        .then_some(())
        .ok_or(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_codes_are_the_same_thing() {
        let classes: Vec<Class> = (0..=u8::MAX).filter_map(Class::from_code).collect();
        assert_eq!(classes.len(), 15);
        for (code, class) in (0..).zip(classes) {
            assert_eq!(class.code(), code);
        }
    }

    #[test]
    fn many_reports_are_always_recent() {
        let class = |recent| Class {
            kind: ReportKind::Fraud,
            strength: Strength::Many,
            recent,
        };
        assert_eq!(class(false).code(), class(true).code());
    }
}
