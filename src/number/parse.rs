//! From dialled digits to a number: libphonenumber's `parse`, step by step.

use super::plan::{CallingCode, Territory};
use super::text::{Dialled, MIN_NATIONAL, scan};
use super::{E164, Length, Number, ParseError, Plan, Region, calling_code_digits};

/// Most digits of a national significant number.
const MAX_NATIONAL: usize = 17;
/// Most digits of a calling code.
const MAX_CALLING_CODE: usize = 3;

/// Digits of bounded number, in place of a heap-allocated string.
#[derive(Clone, Copy)]
struct Digits<const N: usize> {
    digits: [u8; N],
    length: usize,
}

impl<const N: usize> Digits<N> {
    fn new() -> Self {
        Self {
            digits: [0; N],
            length: 0,
        }
    }

    /// Appends `more`, or says that there is no room.
    #[inline]
    fn push(&mut self, more: &[u8]) -> Option<()> {
        let end = self.length + more.len();
        self.digits.get_mut(self.length..end)?.copy_from_slice(more);
        self.length = end;
        Some(())
    }

    #[inline]
    fn as_slice(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }
}

/// Room for what an action makes of a national number.
type Remade = Digits<48>;

/// Digits beyond which a national number is too long in every plan, with any
/// prefix taken off; with the literal digits of an action it fits [`Remade`].
const ENOUGH: usize = 40;

impl Plan<'_> {
    /// Finds the number in a text, as libphonenumber's `parse` does.
    ///
    /// `text` is what a phone or a person gives: E.164, national form with a
    /// home region, with the home region's international prefix, a `tel:` URI
    /// with parameters, with punctuation, extensions, letters for digits,
    /// digits of any script. `home` is the region whose national form is
    /// understood; unknown regions count as none.
    ///
    /// # Errors
    /// See [`ParseError`]. A number that parses need not be valid.
    pub fn parse(&self, text: &str, home: Option<Region>) -> Result<Number, ParseError> {
        let home = match home {
            Some(region) => self.territory_of(region)?,
            None => None,
        };
        scan(text, |dialled| self.resolve(dialled, home.as_ref()))
    }

    /// Finds the number in a text whose plus sign got lost: as
    /// [`Plan::parse`], but the digits start with a calling code. Networks
    /// hand on foreign numbers in that form.
    ///
    /// # Errors
    /// As [`Plan::parse`].
    pub fn parse_without_plus(&self, text: &str) -> Result<Number, ParseError> {
        scan(text, |dialled| {
            let dialled = Dialled {
                plus: true,
                ..dialled
            };
            self.resolve(dialled, None)
        })
    }

    /// What follows once text has become digits: `parse` from
    /// `maybeExtractCountryCode` on.
    #[inline]
    fn resolve(
        &self,
        dialled: Dialled<'_>,
        home: Option<&Territory>,
    ) -> Result<Number, ParseError> {
        if home.is_none() && !dialled.plus {
            return Err(ParseError::InvalidCallingCode);
        }
        let mut remade = Remade::new();
        let split = self.split_calling_code(dialled, home, &mut remade)?;
        if let Some((number, national)) = split {
            let code = self.code_entry(number)?;
            return self.finish(&code, &code.main, national);
        }
        let (Some(home), false) = (home, dialled.plus) else {
            return Err(ParseError::InvalidCallingCode);
        };
        let number = self.code_number(home.calling_code)?;
        self.finish(&self.code_entry(number)?, home, dialled.digits)
    }

    /// libphonenumber's `maybeExtractCountryCode`, the second try without the
    /// plus sign included: the number of the calling code's entry, and what
    /// follows the code.
    #[inline]
    fn split_calling_code<'d>(
        &self,
        dialled: Dialled<'d>,
        home: Option<&Territory>,
        remade: &'d mut Remade,
    ) -> Result<Option<(u8, &'d [u8])>, ParseError> {
        if dialled.plus {
            match self.leading_calling_code(dialled.digits) {
                // A plus sign before what is no calling code is left out of
                // account.
                Err(ParseError::InvalidCallingCode) => {}
                found => return found.map(Some),
            }
        }
        let Some(home) = home else { return Ok(None) };
        let prefix = self.international_prefix(home, dialled.digits)?;
        if prefix > 0 {
            let rest = dialled.digits.get(prefix..).unwrap_or_default();
            // Calling codes do not start with 0, so this was no prefix.
            if rest.first() != Some(&0) {
                return self.leading_calling_code(rest).map(Some);
            }
        }
        self.home_calling_code(dialled.digits, home, remade)
    }

    /// The calling code at the start of the digits.
    #[inline(always)]
    fn leading_calling_code<'d>(&self, digits: &'d [u8]) -> Result<(u8, &'d [u8]), ParseError> {
        if digits.len() <= MIN_NATIONAL {
            return Err(ParseError::TooShortAfterPrefix);
        }
        let mut code = 0;
        for (index, &digit) in digits.iter().take(MAX_CALLING_CODE).enumerate() {
            code = code * 10 + u16::from(digit);
            if code == 0 {
                break;
            }
            let number = self.code_number(code)?;
            if number != 0 {
                let rest = digits.get(index + 1..).unwrap_or_default();
                return Ok((number, rest));
            }
        }
        Err(ParseError::InvalidCallingCode)
    }

    /// The home region's calling code, if the number starts with it and makes
    /// more sense without it.
    fn home_calling_code<'d>(
        &self,
        digits: &'d [u8],
        home: &Territory,
        remade: &'d mut Remade,
    ) -> Result<Option<(u8, &'d [u8])>, ParseError> {
        if digits.len() > ENOUGH {
            return Ok(None);
        }
        let Some(rest) = strip_calling_code(digits, home.calling_code) else {
            return Ok(None);
        };
        let national = self.strip_national_prefix(home, rest, remade)?;
        let better = !self.is_general(home, digits)? && self.is_general(home, national)?;
        if better || home.test_length(digits.len()) == Length::TooLong {
            let number = self.code_number(home.calling_code)?;
            return Ok(Some((number, national)));
        }
        Ok(None)
    }

    /// libphonenumber's `maybeStripNationalPrefixAndCarrierCode`: the number
    /// without its national prefix, or as it is.
    #[inline]
    fn strip_national_prefix<'d>(
        &self,
        territory: &Territory,
        digits: &'d [u8],
        remade: &'d mut Remade,
    ) -> Result<&'d [u8], ParseError> {
        let Some(action) = self.national_prefix(territory, digits)? else {
            return Ok(digits);
        };
        let rest = digits.get(action.end..).unwrap_or_default();
        let stripped = if action.only_strips() {
            rest
        } else {
            let kept = digits.get(action.from..action.to).unwrap_or_default();
            for part in [action.literal(), kept, rest] {
                remade.push(part).ok_or(ParseError::TooLong)?;
            }
            remade.as_slice()
        };
        if self.is_general(territory, digits)? && !self.is_general(territory, stripped)? {
            return Ok(digits);
        }
        Ok(stripped)
    }

    /// The last steps: national prefix, lengths, classification.
    #[inline]
    fn finish(
        &self,
        code: &CallingCode,
        territory: &Territory,
        given: &[u8],
    ) -> Result<Number, ParseError> {
        let mut national = given;
        if national.len() < MIN_NATIONAL {
            return Err(ParseError::TooShort);
        }
        if national.len() > ENOUGH {
            return Err(ParseError::TooLong);
        }
        let mut remade = Remade::new();
        let stripped = self.strip_national_prefix(territory, national, &mut remade)?;
        if matches!(
            territory.test_length(stripped.len()),
            Length::Possible | Length::TooLong
        ) {
            national = stripped;
        }
        if national.len() < MIN_NATIONAL {
            return Err(ParseError::TooShort);
        }
        if national.len() > MAX_NATIONAL {
            return Err(ParseError::TooLong);
        }
        let (region, kind) = self.classify(code, national)?;
        let calling_code = code.main.calling_code;
        let e164 = E164::new(calling_code, national).ok_or(ParseError::TooLong)?;
        Ok(Number {
            e164,
            calling_code,
            region,
            kind,
            length: code.main.test_length(national.len()),
        })
    }
}

/// The digits after a calling code, if they start with it.
#[inline]
fn strip_calling_code(digits: &[u8], code: u16) -> Option<&[u8]> {
    let (code, length) = calling_code_digits(code);
    let mut pairs = digits.iter().zip(code.iter().take(length));
    let starts = digits.len() >= length && pairs.all(|(digit, code)| digit == code);
    if starts { digits.get(length..) } else { None }
}
