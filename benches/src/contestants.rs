//! Who is measured, and what all of them are asked.

use std::hint::black_box;
use std::path::Path;

use phonenumber::metadata::{DATABASE, Metadata};
use ringfence::database::Database;
use ringfence::number::{Plan, Region};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use crate::Outcome;

/// A library that answers: which number is this, is it valid, what kind?
pub trait Contestant: Sized {
    /// A home region in the library's own terms.
    type Home: Copy;

    /// Whatever must be done before the first answer.
    fn open(database: &Path) -> Outcome<Self>;

    /// The region with this two-letter code.
    fn home(code: &str) -> Option<Self::Home>;

    /// Parses the number, tells its kind and its E.164 form, and returns
    /// whether it is valid.
    fn answer(&self, text: &str, home: Option<Self::Home>) -> bool;
}

/// This project.
pub struct Ringfence(Plan<'static>);

impl Contestant for Ringfence {
    type Home = Region;

    fn open(database: &Path) -> Outcome<Self> {
        // In use until the process ends.
        let database = Box::leak(Box::new(Database::open(database)?));
        Ok(Self(database.plan()?))
    }

    fn home(code: &str) -> Option<Region> {
        code.parse().ok()
    }

    #[inline]
    fn answer(&self, text: &str, home: Option<Region>) -> bool {
        let Ok(number) = self.0.parse(text, home) else {
            return false;
        };
        black_box((number.kind, number.e164.key()));
        number.is_valid()
    }
}

/// The crate `phonenumber`. Its metadata is a lazy global.
pub struct Phonenumber;

impl Contestant for Phonenumber {
    type Home = phonenumber::country::Id;

    fn open(_: &Path) -> Outcome<Self> {
        Ok(Self)
    }

    fn home(code: &str) -> Option<Self::Home> {
        code.parse().ok()
    }

    #[inline]
    fn answer(&self, text: &str, home: Option<Self::Home>) -> bool {
        let Ok(number) = phonenumber::parse(home, text) else {
            return false;
        };
        let key = number.format().mode(phonenumber::Mode::E164).to_string();
        black_box((number.number_type(&DATABASE), key));
        number.is_valid()
    }
}

/// The crate `rlibphonenumber` in the mode this program was built with, by its
/// shared global instance.
pub struct Rlibphonenumber;

impl Contestant for Rlibphonenumber {
    type Home = rlibphonenumber::Region;

    fn open(_: &Path) -> Outcome<Self> {
        Ok(Self)
    }

    fn home(code: &str) -> Option<Self::Home> {
        Self::Home::from_code(code).ok()
    }

    #[inline]
    fn answer(&self, text: &str, home: Option<Self::Home>) -> bool {
        let Ok(number) = PHONE_NUMBER_UTIL.parse(text, home) else {
            return false;
        };
        let key = number.format_as(PhoneNumberFormat::E164);
        black_box((number.get_type(), key));
        number.is_valid()
    }
}

/// A number to look at: the text, and the code of the home region or nothing.
pub type Input = (String, String);

/// The numbers that are measured one by one: libphonenumber's own examples.
pub const SINGLE: [(&str, &str, Option<&str>); 9] = [
    ("GB, E.164", "+447400123456", None),
    ("US, E.164", "+12015550123", None),
    ("FR, E.164", "+33612345678", None),
    ("DE, E.164", "+4915123456789", None),
    ("IN, E.164", "+918123456789", None),
    ("GB, E.164, home GB", "+447400123456", Some("GB")),
    ("GB, national", "07911 123456", Some("GB")),
    ("AR, national mobile", "0343 15 555 1212", Some("AR")),
    ("BR, carrier code", "0 15 11 96123-4567", Some("BR")),
];

/// `count` numbers from all countries, the same on each run. Each is one of
/// the examples that the metadata has for each region and kind, its last four
/// digits replaced by random ones: every other number in E.164, the rest with
/// the national prefix of their region as home region.
pub fn mixed(count: usize) -> Vec<Input> {
    let groups = (1..1000_u16).filter_map(|code| DATABASE.by_code(&code));
    let regions: Vec<&Metadata> = groups.flatten().filter(|m| m.id() != "001").collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        // xorshift64; the high bits are the better ones.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as usize % limit
    };
    let mut numbers = Vec::with_capacity(count);
    while numbers.len() < count {
        let region = regions[below(regions.len())];
        let kinds = region.descriptors();
        let examples = [
            kinds.fixed_line(),
            kinds.mobile(),
            kinds.toll_free(),
            kinds.premium_rate(),
            kinds.shared_cost(),
            kinds.personal_number(),
            kinds.voip(),
            kinds.uan(),
        ];
        let Some(example) = examples[below(examples.len())].and_then(|kind| kind.example()) else {
            continue;
        };
        let kept = example.len().saturating_sub(4);
        let mut digits = example[..kept].to_owned();
        digits.extend((kept..example.len()).map(|_| char::from(b'0' + below(10) as u8)));
        numbers.push(if numbers.len() % 2 == 0 {
            let code = region.country_code();
            (format!("+{code}{digits}"), String::new())
        } else {
            let prefix = region.national_prefix().unwrap_or_default();
            (format!("{prefix}{digits}"), region.id().to_owned())
        });
    }
    numbers
}
